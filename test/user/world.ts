import { createCognitoAdminService } from '../../lib/admin/create-cognito-admin-service.js';
import type { CognitoAdminService } from '../../lib/admin/cognito-admin.service.js';
import type { UserAttributes } from '../../lib/attributes/user-attributes.js';
import { AppClient, type AppClientOptions } from '../../lib/client/app-client.js';
import { CognitoClient } from '../../lib/client/cognito-client.js';
import { LocalCognito } from '../../lib/local/local-cognito.js';
import type { AuthenticationOutcome, TokenSet } from '../../lib/protocol/authentication-outcome.js';
import type { Challenge, ChallengeName, ChallengeOf } from '../../lib/protocol/challenge.js';
import type { LocalPoolOptions } from '../../lib/testing/index.js';
import { createPoolVerifier } from '../../lib/tokens/pool-verifier.js';
import { createCognitoService, type CognitoServiceOptions } from '../../lib/user/create-cognito-service.js';
import type { CognitoService } from '../../lib/user/cognito.service.js';
import { signingKeysPem } from '../local/signing-keys.js';

export const PASSWORD = 'Correct-Horse-9';

/** A user who can sign in. */
export interface Person {
  /** The username that was passed to `register`. */
  readonly username: string;
  readonly email: string;
  readonly phone: string;
  /** The name to sign in with: an alias in pools that allow one. */
  readonly login: string;
}

/** The three kinds of pools, each with a public client and one with a secret. */
export const POOL_KINDS = ['usernames', 'aliases', 'emails'] as const;
export const CLIENT_KINDS = ['public', 'secret'] as const;

/** The options of each kind of pool. */
export const KIND_OPTIONS: Readonly<Record<(typeof POOL_KINDS)[number], Partial<LocalPoolOptions>>> = {
  usernames: {},
  aliases: { AliasAttributes: ['email'] },
  emails: { UsernameAttributes: ['email'] },
};

const POOLS: LocalPoolOptions[] = POOL_KINDS.map((name) => ({ name, ...KIND_OPTIONS[name] }));

/** Options of the services of a test. */
type ServiceOptions = Partial<CognitoServiceOptions> & {
  readonly clientSecret?: AppClientOptions['clientSecret'];
  /** Default: the embedded Cognito. */
  readonly endpoint?: string;
};

/** The system clock, which tests can advance. */
class MovingClock {
  private offset = 0;

  readonly now = (): number => Date.now() + this.offset;

  pass(milliseconds: number): void {
    this.offset += milliseconds;
  }
}

/** A running embedded Cognito, a clock that tests can advance, and services for its pools. */
export class World {
  private people = 0;
  private readonly clients: CognitoClient[] = [];

  private constructor(
    readonly cognito: LocalCognito,
    private readonly movingClock: MovingClock,
  ) {}

  static async start(pools: readonly LocalPoolOptions[] = POOLS): Promise<World> {
    const clock = new MovingClock();
    const cognito = await LocalCognito.start({
      clock: clock.now,
      pools: pools.map((pool) => ({ keys: signingKeysPem(), ...pool })),
    });
    return new World(cognito, clock);
  }

  get clock(): () => number {
    return this.movingClock.now;
  }

  /** Advances the clock of server and services. */
  pass(milliseconds: number): void {
    this.movingClock.pass(milliseconds);
  }

  /** The services for an app client of a pool. */
  services<Attributes extends object = UserAttributes>(
    pool: string,
    client: string,
    { endpoint, ...options }: ServiceOptions = {},
  ): { service: CognitoService<Attributes>; admin: CognitoAdminService<Attributes> } {
    const module = this.cognito.pool(pool).moduleOptions({ client });
    const sdk = new CognitoClient(
      { ...module, ...(endpoint !== undefined && { endpoint }) },
      { wait: () => Promise.resolve() },
    );
    this.clients.push(sdk);
    const appClient = new AppClient({
      ...module,
      ...('clientSecret' in options && { clientSecret: options.clientSecret }),
    });
    const verifier = createPoolVerifier({ ...module, acceptedClientIds: [module.clientId], clock: this.clock });
    const parts = { client: sdk, appClient, clock: this.clock };
    return {
      service: createCognitoService<Attributes>({ ...parts, verifier, ...options }),
      admin: createCognitoAdminService<Attributes>({ ...parts, attributes: options.attributes }),
    };
  }

  /** A new person, who has no user yet; the pool's name ends with its kind. */
  somebody(pool: string): Person {
    this.people += 1;
    const email = `person-${this.people}@example.com`;
    const phone = `+1555555${String(this.people).padStart(4, '0')}`;
    const username = pool.endsWith('emails') ? email : `person-${this.people}`;
    return { username, email, phone, login: pool.endsWith('aliases') ? email : username };
  }

  /** Signs up a new person and confirms the code. */
  async signUp(pool: string, service: CognitoService): Promise<Person> {
    const person = this.somebody(pool);
    const { username, email } = person;
    await service.register({ username, password: PASSWORD, attributes: { email } });
    await service.confirmSignUp({ username, code: this.code(email) });
    return person;
  }

  /** An existing user with a verified e-mail address and the given attributes. */
  resident(pool: string, attributes: (person: Person) => Readonly<Record<string, string>> = () => ({})): Person {
    const person = this.somebody(pool);
    this.cognito.pool(pool).createUser({
      username: person.username,
      password: PASSWORD,
      attributes: { email: person.email, ...attributes(person) },
    });
    return person;
  }

  /** The latest code that was sent to an address. */
  code(to: string): string {
    const message = this.cognito.outbox.latest({ to });
    if (message === undefined) {
      throw new Error(`Nothing was sent to ${to}.`);
    }
    return message.code;
  }

  async stop(): Promise<void> {
    for (const client of this.clients) {
      client.destroy();
    }
    await this.cognito.stop();
  }
}

/** The tokens of an outcome; throws if it is a challenge. */
export function tokensOf(outcome: AuthenticationOutcome): TokenSet {
  if (outcome.status !== 'AUTHENTICATED') {
    throw new Error(`Expected tokens, got ${outcome.challenge.name}.`);
  }
  return outcome.tokens;
}

/** The challenge of an outcome; throws if it is not of that name. */
export function challengeOf<Name extends ChallengeName>(
  outcome: AuthenticationOutcome,
  name: Name,
): Challenge & ChallengeOf<Name> {
  if (outcome.status !== 'CHALLENGE' || outcome.challenge.name !== name) {
    throw new Error(`Expected ${name}, got ${outcome.status === 'CHALLENGE' ? outcome.challenge.name : 'tokens'}.`);
  }
  return outcome.challenge as Challenge & ChallengeOf<Name>;
}
