import { hash } from 'node:crypto';

import { Logger } from '@nestjs/common';

import type { MandateErrorCode } from '../../errors/error-codes.js';
import { MandateError } from '../../errors/mandate-error.js';
import { ExpiringMap } from '../../memory/expiring-map.js';
import { SingleFlight } from '../../memory/single-flight.js';
import type { TokenSet } from '../../protocol/authentication-outcome.js';
import type { Clock } from '../../time/clock.js';
import { isSignInOver } from '../../user/renewing-tokens.js';
import type { SessionContent } from './session-content.js';
import type { Kept, SessionKeeper, SharedSessions } from './session-keeper.js';
import type { SessionTokens } from './session-tokens.js';
import type { Session } from './session.js';

/** Dependencies of `SessionRenewal`. */
export interface SessionRenewalDependencies {
  readonly keeper: SessionKeeper;
  readonly tokens: SessionTokens;
  readonly clock: Clock;
  /** The name of the pool. */
  readonly pool: string;
  /** Renews at Cognito, in the way that the session was created. */
  readonly renew: (session: SessionContent) => Promise<TokenSet>;
  /** Revokes at Cognito. */
  readonly revoke: (tokens: TokenSet) => Promise<void>;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** How long before its expiry an access token is renewed, in milliseconds. */
  readonly renewBefore: number;
}

/** Milliseconds for which requests that still have the old cookie get the tokens that replaced it. */
const REPLACED_TTL = 60_000;
/** Milliseconds for which tokens are kept that could not be stored. */
const UNSAVED_TTL = 10 * 60_000;
/** Milliseconds for which no further renewal is attempted after one failed. */
const FAILURE_TTL = 5_000;
/** Some 10 kB each. */
const CAPACITY = 1_000;
/** Delays before the store is read again while another instance renews, in milliseconds: 10 s in total. */
const DELAYS = [50, 100, 200, 400, 800, 1_600, 1_600, 1_600, 1_600, 2_050];

/** Refusals of a refresh token that another instance may have used. */
const MAYBE_USED: ReadonlySet<MandateErrorCode> = new Set<MandateErrorCode>([
  'REFRESH_TOKEN_INVALID',
  'REFRESH_TOKEN_REUSED',
]);

/**
 * Renews sessions: once for all requests of a process, and with a store once for all instances, as far as a store allows.
 * Only a refusal of the refresh token itself ends a session; an outage, a throttled request and a fault in the set-up do
 * not.
 */
export class SessionRenewal {
  readonly #flights = new SingleFlight<string, Kept | undefined>();
  /** By what they replaced. Requests that were sent with the old cookie arrive after the renewal too. */
  readonly #replaced: ExpiringMap<string, Kept>;
  /** Renewed, but the store failed. The old refresh token may be used up. */
  readonly #unsaved: ExpiringMap<string, SessionContent>;
  readonly #failures: ExpiringMap<string, MandateError>;
  readonly #logger = new Logger('BrowserSessions');

  constructor(private readonly dependencies: SessionRenewalDependencies) {
    const { clock } = dependencies;
    this.#replaced = new ExpiringMap(CAPACITY, clock);
    this.#unsaved = new ExpiringMap(CAPACITY, clock);
    this.#failures = new ExpiringMap(CAPACITY, clock);
  }

  /** Whether a session's access token expires soon, or has. This runs for every request. */
  isDue({ content: { expiresAt } }: Session): boolean {
    return expiresAt - this.dependencies.clock() <= this.dependencies.renewBefore;
  }

  /**
   * Renews a session that is due.
   *
   * @returns the session as it is now, which is the same if another instance is renewing it; undefined if it has ended.
   * @throws MandateError SESSION_RENEWAL_FAILED, SESSION_STORE_UNAVAILABLE: it has not ended.
   */
  async renew(session: Session): Promise<Kept | undefined> {
    const key = this.#keyOf(session);
    const replaced = this.#replaced.get(key);
    if (replaced !== undefined && !this.isDue(replaced.session)) {
      return replaced;
    }
    const failure = this.#failures.get(key);
    if (failure !== undefined) {
      throw failure;
    }
    return this.#flights.run(key, async () => this.#run(session, key));
  }

  async #run(session: Session, key: string): Promise<Kept | undefined> {
    const { shared } = this.dependencies.keeper;
    try {
      const kept = await (shared === undefined
        ? this.#renewNow(session, key)
        : this.#renewShared(session, key, shared));
      if (kept !== undefined && kept.session !== session) {
        this.#replaced.set(key, kept, REPLACED_TTL);
      }
      return kept;
    } catch (error) {
      throw this.#failed(error, key);
    }
  }

  /** Waits while another instance renews, unless the access token is still valid. */
  async #renewShared(session: Session, key: string, shared: SharedSessions): Promise<Kept | undefined> {
    const { clock, wait } = this.dependencies;
    let isLocked = false;
    for (const delay of [...DELAYS, undefined]) {
      const current = await shared.reload(session);
      if (current === undefined || this.#isReplaced(session, current)) {
        return current && { session: current };
      }
      // Whoever held the lock for so long has failed. What is not saved yet was renewed here, and the lock may still be ours.
      if (isLocked || delay === undefined || this.#unsaved.get(key) !== undefined) {
        break;
      }
      isLocked = await shared.lock(session);
      // Whoever held it before may have finished since the session was read: so it is read once more.
      if (!isLocked) {
        if (session.content.expiresAt > clock()) {
          return { session };
        }
        await wait(delay);
      }
    }
    try {
      return await this.#renewNow(session, key);
    } finally {
      // It expires by itself.
      await shared.unlock(session).catch(() => undefined);
    }
  }

  async #renewNow(session: Session, key: string): Promise<Kept | undefined> {
    const { keeper, tokens, renew } = this.dependencies;
    let content = this.#unsaved.get(key);
    if (content === undefined) {
      let renewed: TokenSet;
      try {
        renewed = await renew(session.content);
      } catch (error) {
        if (!isSignInOver(error)) {
          throw error;
        }
        return this.#endUnlessReplaced(session, error);
      }
      content = await tokens.renew(session.content, renewed);
      this.#unsaved.set(key, content, UNSAVED_TTL);
    }
    const kept = await keeper.update(session, content);
    this.#unsaved.delete(key);
    if (kept === undefined) {
      // It has ended in the meantime, and with it what Cognito has just issued.
      await this.#revoke(content);
    }
    return kept;
  }

  /** Another instance may have used the refresh token first. */
  async #endUnlessReplaced(session: Session, { code }: MandateError): Promise<Kept | undefined> {
    const { keeper, wait } = this.dependencies;
    // Whoever used it has the new one already, and is about to store it.
    const delays = MAYBE_USED.has(code) ? DELAYS.slice(0, 4) : [];
    for (const delay of keeper.shared === undefined ? [] : [0, ...delays]) {
      await wait(delay);
      const current = await keeper.shared?.reload(session);
      if (current === undefined || this.#isReplaced(session, current)) {
        return current && { session: current };
      }
    }
    await keeper.end(session);
    return undefined;
  }

  #isReplaced(session: Session, current: Session): boolean {
    return current.accessToken !== session.accessToken && !this.isDue(current);
  }

  #failed(error: unknown, key: string): MandateError {
    if (error instanceof MandateError && error.code === 'SESSION_STORE_UNAVAILABLE') {
      return error;
    }
    const failure = new MandateError(
      'SESSION_RENEWAL_FAILED',
      'The session could not be renewed at the moment. You are still signed in; try again.',
      { cause: error },
    );
    this.#failures.set(key, failure, FAILURE_TTL);
    this.#logger.warn(`Pool "${this.dependencies.pool}" could not renew a session: ${reasonOf(error)}`);
    return failure;
  }

  async #revoke(content: SessionContent): Promise<void> {
    try {
      await this.dependencies.revoke({ tokenType: 'Bearer', ...content });
    } catch (error) {
      this.#logger.warn(`Pool "${this.dependencies.pool}" could not revoke a renewed token: ${reasonOf(error)}`);
    }
  }

  /** Two users never share a renewal, whatever their tokens look like. */
  #keyOf({ content: { sid, refreshToken = '' } }: Session): string {
    return hash('sha256', [this.dependencies.pool, sid, refreshToken].join('\0'), 'base64url');
  }
}

/** The code, and the message of an error of this package: others may hold anything. */
function reasonOf(error: unknown): string {
  return error instanceof MandateError ? `${error.code}: ${error.message}` : 'an unknown error';
}
