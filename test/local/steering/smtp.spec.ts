import type { AddressInfo } from 'node:net';

import { SMTPServer } from 'smtp-server';

import type { LocalCognitoOptions } from '../../../lib/testing/index.js';
import { LocalCognito } from '../../../lib/testing/index.js';
import { SteeredService } from './steered-service.js';

interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly source: string;
}

/** A mail server that keeps what it gets. */
class MailServer {
  readonly mails: Mail[] = [];
  private readonly arrivals: (() => void)[] = [];
  private readonly server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onAuth: (auth, _session, done) => {
      done(null, { user: auth.username });
    },
    onRcptTo: ({ address }, _session, done) => {
      done(address.startsWith('refused') ? new Error('No such mailbox, password secret') : null);
    },
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        done();
        this.mails.push({
          from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
          to: envelope.rcptTo.map(({ address }) => address),
          source: Buffer.concat(chunks).toString(),
        });
        this.arrivals.splice(0).forEach((arrived) => {
          arrived();
        });
      });
    },
  });

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  async mail(index: number): Promise<Mail> {
    for (;;) {
      const mail = this.mails[index];
      if (mail !== undefined) {
        return mail;
      }
      await new Promise<void>((resolve) => this.arrivals.push(resolve));
    }
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(resolve);
    });
  }
}

describe('smtp', () => {
  let server: MailServer;
  let url: string;
  let service: SteeredService | undefined;
  const warnings: string[] = [];

  beforeEach(async () => {
    warnings.length = 0;
    jest.spyOn(process, 'emitWarning').mockImplementation((warning) => {
      warnings.push(String(warning));
    });
    server = new MailServer();
    url = await server.listen();
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await service?.cognito.stop();
    service = undefined;
    await server.close();
  });

  const start = async (options: LocalCognitoOptions) => {
    service = await SteeredService.start(options);
    return service;
  };

  it('sends e-mails, which the outbox has too', async () => {
    const { cognito, ...rest } = await start({ smtp: url });
    expect(rest).toEqual({});
    await service?.signUp('bob');
    const mail = await server.mail(0);
    const { code = '', subject } = cognito.outbox.latest() ?? {};
    expect(mail).toMatchObject({ from: 'no-reply@verificationemail.com', to: ['bob@example.com'] });
    expect(mail.source).toContain(`Subject: ${subject ?? ''}`);
    expect(mail.source).toContain(code);
    expect(mail.source).toContain('Content-Type: text/plain');
    expect(warnings).toEqual([]);
  });

  it('sends markup as HTML, from the address of the pool or of the option', async () => {
    const pools: LocalCognitoOptions['pools'] = [
      {
        name: 'default',
        EmailConfiguration: { From: 'Shop <shop@example.com>' },
        VerificationMessageTemplate: { EmailMessage: '<b>{####}</b>', EmailSubject: 'Grüße\r\nBcc: eve@example.com' },
      },
    ];
    await (await start({ smtp: url, pools })).signUp('bob');
    const mail = await server.mail(0);
    expect(mail).toMatchObject({ from: 'shop@example.com', to: ['bob@example.com'] });
    expect(mail.source).toMatch(/Content-Type: text\/html[^]*<b>\d{6}<\/b>/);
    expect(mail.source).not.toMatch(/^Bcc/m);
    await service?.cognito.stop();
    await (await start({ smtp: url, smtpFrom: 'me@example.com', pools })).signUp('cid');
    await expect(server.mail(1)).resolves.toMatchObject({ from: 'me@example.com', to: ['cid@example.com'] });
  });

  it('sends no SMS', async () => {
    const { cognito } = await start({
      smtp: url,
      pools: [{ name: 'default', AutoVerifiedAttributes: ['phone_number'] }],
    });
    const signUp = (username: string, attribute: object) =>
      service?.succeed('SignUp', {
        ...{ ClientId: service.clientId, Username: username, Password: 'Correct-Horse-9', UserAttributes: [attribute] },
      });
    await signUp('bob', { Name: 'phone_number', Value: '+14255550100' });
    expect(cognito.outbox.latest()?.medium).toBe('SMS');
    await cognito.stop();
    expect(server.mails).toEqual([]);
  });

  it('reports a failure once, without secrets, and fails nothing', async () => {
    const { cognito } = await start({ smtp: url.replace('//', '//user:geheim@') });
    const recovered = async (index: number) => {
      await service?.signUp(`fine${index}`);
      await server.mail(index);
    };
    await service?.signUp('refused1');
    await service?.signUp('refused2');
    await recovered(0);
    expect(cognito.outbox.all()).toHaveLength(3);
    await cognito.stop();
    expect(warnings).toEqual([
      `The embedded Cognito cannot send e-mails to ${new URL(url).host}: EENVELOPE (SMTP 550). Users and the outbox are not affected. Further failures are not reported.`,
    ]);
  });

  it('reports a mail server that is not there, and stops all the same', async () => {
    await server.close();
    const { cognito } = await start({ smtp: url });
    await service?.signUp('bob');
    await service?.signUp('cid');
    await cognito.stop();
    expect(warnings).toEqual([
      expect.stringMatching(/^The embedded Cognito cannot send e-mails to 127\.0\.0\.1:\d+: E/),
    ]);
    server = new MailServer();
    await server.listen();
  });

  it('reports to onWarning, where it is given', async () => {
    const told: string[] = [];
    await server.close();
    const { cognito } = await start({ smtp: url, onWarning: (warning) => told.push(warning) });
    await service?.signUp('bob');
    await cognito.stop();
    expect(warnings).toEqual([]);
    expect(told).toEqual([expect.stringContaining('cannot send e-mails')]);
    server = new MailServer();
    await server.listen();
  });

  it.each([
    [{ smtp: '127.0.0.1:1025' }, '"smtp" must be the URL of a mail server, such as "smtp://127.0.0.1:1025".'],
    [
      { smtp: 'http://me:geheim@127.0.0.1' },
      '"smtp" must be the URL of a mail server, such as "smtp://127.0.0.1:1025".',
    ],
    [{ smtp: 25 }, '"smtp" must be the URL of a mail server, such as "smtp://127.0.0.1:1025".'],
    [{ smtpFrom: 'me@example.com' }, '"smtpFrom" needs the option "smtp".'],
    [{ smtp: 'smtp://localhost', smtpFrom: '' }, '"smtpFrom" must be a non-empty string.'],
  ])('%j is refused', async (options, message) => {
    await expect(LocalCognito.start(options as LocalCognitoOptions)).rejects.toThrow(message);
  });
});
