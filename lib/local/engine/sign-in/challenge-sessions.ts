import { OwnedMap } from '../../../memory/owned-map.js';
import type { Clock } from '../../../time/clock.js';
import type { AppClient } from '../../model/app-client.js';
import type { ChallengeSession } from '../../model/challenge-session.js';
import { notAuthorized } from '../cognito-fault.js';
import type { Random } from '../random.js';
import { invalidSession } from './faults.js';

const MAX_SESSIONS = 20_000;
/** For so long an expired session is said to be expired. */
const KEPT_EXPIRED_MS = 3_600_000;
/** AuthSessionValidity of a client that does not set it. */
const DEFAULT_MINUTES = 3;
/** Real sessions have this prefix and 900 to 1,600 characters. */
const PREFIX = 'AYABe';
const TOKEN_BYTES = 717;

/** The app client that a session is bound to. */
export interface SessionHolder {
  readonly poolId: string;
  readonly clientId: string;
}

/** Sign-ins that wait for an answer. A session is opaque, short-lived, single-use and bound to its app client. */
export class ChallengeSessions {
  private readonly sessions = new OwnedMap<ChallengeSession>(MAX_SESSIONS);

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /**
   * Opens a session that lives for the client's AuthSessionValidity (default: 3 minutes), or until the end of the sign-in
   * on the pages of managed login.
   */
  open(
    client: AppClient,
    step: Omit<ChallengeSession, 'token' | 'clientId' | 'expiresAt' | 'spent'>,
  ): ChallengeSession {
    const session = {
      ...step,
      token: PREFIX + this.random.bytes(TOKEN_BYTES).toString('base64url'),
      clientId: client.id,
      expiresAt:
        step.state.managedLogin?.expiresAt ??
        this.clock() + (client.settings.AuthSessionValidity ?? DEFAULT_MINUTES) * 60_000,
      spent: false,
    };
    this.sessions.prune(({ expiresAt }) => this.clock() >= expiresAt + KEPT_EXPIRED_MS);
    this.sessions.set(session.token, session, ownerOf(session.poolId, session.username));
    return session;
  }

  /**
   * Finds a session without spending it: a wrong code may be tried again.
   *
   * @param holder - omitted by the operations that name no app client.
   * @throws CognitoFault NotAuthorizedException if the session is unknown, expired, spent or another client's.
   */
  find(token: string, holder?: SessionHolder): ChallengeSession {
    const session = this.sessions.get(token);
    if (session === undefined || (holder !== undefined && !belongsTo(session, holder))) {
      throw invalidSession();
    }
    if (session.spent) {
      throw notAuthorized('Invalid session for the user, session can only be used once.');
    }
    if (this.clock() >= session.expiresAt) {
      throw notAuthorized('Invalid session for the user, session is expired.');
    }
    return session;
  }

  /** The newest unanswered session of a user with a client that matches. */
  findLatest(
    holder: SessionHolder,
    username: string,
    matches: (session: ChallengeSession) => boolean,
  ): ChallengeSession | undefined {
    return this.sessions
      .of(ownerOf(holder.poolId, username))
      .filter((session) => belongsTo(session, holder) && !session.spent && this.clock() < session.expiresAt)
      .findLast(matches);
  }

  /** Forgets the sessions of a user. */
  forget(poolId: string, username: string): void {
    this.sessions.forget(ownerOf(poolId, username));
  }
}

function ownerOf(poolId: string, username = ''): string {
  return `${poolId}/${username}`;
}

function belongsTo(session: ChallengeSession, { poolId, clientId }: SessionHolder): boolean {
  return session.poolId === poolId && session.clientId === clientId;
}
