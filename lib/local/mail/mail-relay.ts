import { within } from '../../time/within.js';
import type { LocalMessage } from '../model/message.js';
import { loadPackage } from '../optional-package.js';
import type * as Nodemailer from './nodemailer.js';

/** The sender of Cognito's own e-mails. */
const DEFAULT_FROM = 'no-reply@verificationemail.com';
/** A mail server of a developer's machine answers at once, or never. */
const TIMEOUT_MS = 10_000;
/** How long a stop waits for e-mails under way. */
const STOP_MS = 2000;
const MARKUP = /<[a-z][^>]*>/i;

/** Where e-mails are sent to. */
export interface MailServer {
  /** `smtp://host:port` or `smtps://user:password@host:port`. */
  readonly url: string;
  /** Default: that of the pool's EmailConfiguration, else Cognito's. */
  readonly from?: string | undefined;
}

/** Sends the e-mails of an embedded Cognito to a mail server. Nothing depends on whether they arrive. */
export class MailRelay {
  private readonly underWay = new Set<Promise<void>>();
  private hasFailed = false;

  private constructor(
    private readonly transport: Nodemailer.Transporter,
    private readonly server: MailServer,
    private readonly warn: (sentence: string) => void,
  ) {}

  /**
   * Loads the package that sends e-mails. It connects with the first of them.
   *
   * @param warn - is told once when e-mails cannot be sent, and again after they could be sent meanwhile.
   * @throws MandateError `PEER_MISSING` when the package is not installed.
   */
  static async open(server: MailServer, warn: (sentence: string) => void): Promise<MailRelay> {
    const { createTransport } = await loadNodemailer();
    const timeouts = { connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS };
    // Certificates of a developer's machine are signed by nobody.
    const tls = { rejectUnauthorized: false };
    const transport = createTransport(
      { url: server.url, tls, ...timeouts },
      { disableFileAccess: true, disableUrlAccess: true },
    );
    return new MailRelay(transport, server, warn);
  }

  /** Sends an e-mail. Others are ignored. @param poolFrom - the sender that the pool is configured with. */
  send(message: LocalMessage, poolFrom?: string): void {
    if (message.medium !== 'EMAIL') {
      return;
    }
    const sending = this.attempt(message, this.server.from ?? poolFrom ?? DEFAULT_FROM).finally(() => {
      this.underWay.delete(sending);
    });
    this.underWay.add(sending);
  }

  /** Waits a moment for e-mails under way, and closes the connections. */
  async close(): Promise<void> {
    const late = new Error('E-mails are still under way.');
    await within(STOP_MS, Promise.all(this.underWay), () => late).catch(() => undefined);
    this.transport.close();
  }

  private async attempt({ to, subject, text }: LocalMessage, from: string): Promise<void> {
    try {
      await this.transport.sendMail({
        from,
        // As an object it is one address, whatever is in it.
        to: { name: '', address: to },
        subject,
        text,
        ...(MARKUP.test(text) && { html: text }),
      });
      this.hasFailed = false;
    } catch (error) {
      if (!this.hasFailed) {
        this.hasFailed = true;
        this.warn(
          `The embedded Cognito cannot send e-mails to ${new URL(this.server.url).host}: ${reasonOf(error)}. Users and the outbox are not affected. Further failures are not reported.`,
        );
      }
    }
  }
}

function loadNodemailer() {
  return loadPackage('nodemailer', 'to send e-mails to a mail server', () => import('./nodemailer.js'));
}

/** The code of the failure, as the text of a mail server may repeat what was sent. */
function reasonOf(error: unknown): string {
  const { code, responseCode } = error as { readonly code?: string; readonly responseCode?: number };
  return `${code ?? 'unknown error'}${responseCode === undefined ? '' : ` (SMTP ${responseCode})`}`;
}
