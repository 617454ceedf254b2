import type { Clock } from '../../../time/clock.js';
import { BoundedMap } from '../../../memory/bounded-map.js';
import type { ChallengeSession } from '../../model/challenge-session.js';
import { notAuthorized } from '../cognito-fault.js';
import type { Random } from '../random.js';
import { invalidSession } from './refusals.js';

const MAX_SESSIONS = 20_000;
/** Real sessions are 900 to 1,600 characters long and begin so. */
const PREFIX = 'AYABe';
const TOKEN_BYTES = 717;

/** What must agree between a session and the call that answers it. */
export interface SessionHolder {
  readonly poolId: string;
  readonly clientId: string;
}

/** The sign-ins that wait for an answer. A session is opaque, bound to its client, short-lived and good for one use. */
export class ChallengeSessions {
  private readonly sessions = new BoundedMap<string, ChallengeSession>(MAX_SESSIONS);

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /**
   * Remembers a step.
   *
   * @param lifeMinutes - AuthSessionValidity of the client.
   */
  open(step: Omit<ChallengeSession, 'token' | 'expiresAt' | 'spent'>, lifeMinutes: number): ChallengeSession {
    const session = {
      ...step,
      token: PREFIX + this.random.bytes(TOKEN_BYTES).toString('base64url'),
      expiresAt: this.clock() + lifeMinutes * 60_000,
      spent: false,
    };
    this.sessions.set(session.token, session);
    return session;
  }

  /**
   * Finds a session without spending it: a wrong code may be tried again.
   *
   * @param holder - left out by the operations that name no client.
   * @throws CognitoFault NotAuthorizedException for one that is unknown, another client's, expired or spent.
   */
  find(token: string, holder?: SessionHolder): ChallengeSession {
    const session = this.sessions.peek(token);
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

  /** The newest step that fits and still waits for its answer. */
  waiting(holder: SessionHolder, fits: (session: ChallengeSession) => boolean): ChallengeSession | undefined {
    return [...this.sessions.values()]
      .filter((session) => belongsTo(session, holder) && !session.spent && this.clock() < session.expiresAt)
      .findLast(fits);
  }
}

function belongsTo(session: ChallengeSession, { poolId, clientId }: SessionHolder): boolean {
  return session.poolId === poolId && session.clientId === clientId;
}
