import { BoundedMap } from '../../../memory/bounded-map.js';
import type { Clock } from '../../../time/clock.js';
import type { AuthorizationRequest } from '../oauth/authorization-request.js';
import type { Random } from '../random.js';
import type { OidcEndpoints } from './oidc-endpoints.js';

/** A sign-in attempt times out after five minutes. */
const LIFETIME_MS = 5 * 60_000;
const MAX_ATTEMPTS = 10_000;
const STATE_BYTES = 32;

/** A sign-in whose user is at an identity provider. */
export interface FederatedAttempt {
  /** `state` or `RelayState`: brings the answer back to the attempt. */
  readonly state: string;
  /** `nonce` for the provider. */
  readonly nonce: string;
  readonly request: AuthorizationRequest;
  readonly providerName: string;
  /** The origin of the domain that the provider returns the browser to. */
  readonly origin: string;
  /** Undefined for a provider that the embedded server plays. */
  readonly endpoints?: OidcEndpoints | undefined;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** The sign-ins that wait for the answer of an identity provider. */
export class FederatedAttempts {
  private readonly byState = new BoundedMap<string, FederatedAttempt>(MAX_ATTEMPTS);

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  open(attempt: Pick<FederatedAttempt, 'request' | 'providerName' | 'origin' | 'endpoints'>): FederatedAttempt {
    const opened = {
      ...attempt,
      state: this.random.bytes(STATE_BYTES).toString('base64url'),
      nonce: this.random.bytes(STATE_BYTES).toString('base64url'),
      expiresAt: this.clock() + LIFETIME_MS,
    };
    this.byState.set(opened.state, opened);
    return opened;
  }

  /** The attempt of a state. Undefined if it is unknown, answered or expired. */
  find(state: string): FederatedAttempt | undefined {
    const attempt = this.byState.peek(state);
    return attempt !== undefined && this.clock() < attempt.expiresAt ? attempt : undefined;
  }

  /** Takes the attempt of a state. A provider answers once. */
  take(state: string): FederatedAttempt | undefined {
    const attempt = this.find(state);
    this.byState.delete(state);
    return attempt;
  }
}
