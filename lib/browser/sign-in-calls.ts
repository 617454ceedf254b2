import type { SoftwareTokenSetupDto } from '../dto/responses/software-token-setup.dto.js';
import type { RememberedDevice } from '../protocol/challenge.js';
import type { TokenSet } from '../protocol/authentication-outcome.js';
import type { ApiCalls, CallOptions } from './api-calls.js';
import { type AnyChallenge, type AnyOutcome, ChallengeWalk } from './challenge-walk.js';
import type { SignInOptions } from './auth-client.options.js';
import type { AuthDelivery, SignedIn } from './challenges.js';
import type { SessionWatch } from './session-watch.js';
import type { TokenKeeper } from './token-keeper.js';

/** Dependencies of `SignInCalls`. */
export interface SignInCallsDependencies {
  readonly calls: ApiCalls;
  readonly watch: SessionWatch;
  /** Absent with `delivery: 'cookie'`. */
  readonly keeper: TokenKeeper | undefined;
}

interface WithDevice {
  readonly device?: RememberedDevice | undefined;
}

/** The steps of a sign-in. Whatever signs the user in passes here. */
export class SignInCalls {
  constructor(private readonly dependencies: SignInCallsDependencies) {}

  async authenticate(body: object, { signal }: CallOptions = {}): Promise<AnyOutcome> {
    return this.accept(await this.dependencies.calls.call<AnyOutcome>('authenticate', { body, signal }));
  }

  async respond(
    challenge: AnyChallenge,
    answer: object,
    { signal, device }: CallOptions & WithDevice = {},
  ): Promise<AnyOutcome> {
    const { calls, keeper } = this.dependencies;
    const body = keeper === undefined ? { name: challenge.name, answer } : { challenge, answer, device };
    return this.accept(await calls.call<AnyOutcome>('respond', { body, signal }));
  }

  async setUpTotp(challenge: AnyChallenge, { signal }: CallOptions = {}): Promise<SoftwareTokenSetupDto> {
    const { calls, keeper } = this.dependencies;
    return calls.call<SoftwareTokenSetupDto>('setUpTotp', { body: keeper === undefined ? {} : { challenge }, signal });
  }

  async signIn(credentials: object & WithDevice, options: SignInOptions = {}): Promise<SignedIn<AuthDelivery>> {
    return this.walk(await this.authenticate(credentials, options), options, credentials);
  }

  async walk(
    outcome: AnyOutcome,
    options: SignInOptions = {},
    { device }: WithDevice = {},
  ): Promise<SignedIn<AuthDelivery>> {
    const { signal } = options;
    const walk = new ChallengeWalk(
      {
        respond: async (challenge, answer) => this.respond(challenge, answer, { signal, device }),
        setUpTotp: async (challenge, own) => this.setUpTotp(challenge, own ?? { signal }),
      },
      options,
    );
    return walk.run(outcome);
  }

  /** Takes in a sign-in that is complete. */
  async accept<Outcome extends { readonly status: string }>(outcome: Outcome): Promise<Outcome> {
    const { keeper, watch } = this.dependencies;
    if (outcome.status === 'AUTHENTICATED') {
      await keeper?.save((outcome as unknown as { readonly tokens: TokenSet }).tokens);
      watch.started();
    }
    return outcome;
  }
}
