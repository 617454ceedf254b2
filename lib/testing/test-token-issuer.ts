import { signToken } from '../local/engine/tokens/jws.js';
import { type PoolKeys, SigningKeys } from '../local/engine/tokens/signing-keys.js';
import type { LocalPoolOptions } from '../local/options/local-cognito.options.js';
import { type Clock, systemClock } from '../time/clock.js';
import { regionOfPool } from '../protocol/region.js';
import { issuersOf } from '../tokens/keys/issuers.js';
import type { JsonWebKeySet } from '../tokens/keys/json-web-key-set.js';
import { UNREACHABLE } from './unreachable.js';
import { testClaims, type TestTokenOptions } from './test-claims.js';

const DEFAULT_USER_POOL_ID = 'us-east-1_TestPool1';
const DEFAULT_CLIENT_ID = 'testclient';

/**
 * Options of `TestTokenIssuer.create`.
 *
 * @publicApi
 */
export interface TestTokenIssuerOptions {
  /** Default: `us-east-1_TestPool1`. */
  readonly userPoolId?: string;
  /** App client that tokens are issued to. Default: `testclient`. */
  readonly clientId?: string;
  /** Private signing keys. Default: new ones, which take about a quarter of a second to generate. */
  readonly keys?: LocalPoolOptions['keys'];
  /** Source of the time, in epoch milliseconds. Default: the system clock. */
  readonly clock?: Clock;
}

/**
 * Options of `MandateModule.forRoot` for an application whose tokens a test signs.
 *
 * @publicApi
 */
export interface TestModuleOptions {
  userPoolId: string;
  clientId: string;
  jwks: JsonWebKeySet;
  /** Nothing listens there: calls to Cognito fail. */
  endpoint: string;
}

/**
 * Signs tokens that the application under test accepts, without any server: the guard verifies them with the key set of
 * `moduleOptions()`. Signature, issuer, expiry and all other checks are the real ones.
 *
 * For tests that call Cognito, start `LocalCognito` and use `LocalPool.signToken`.
 *
 * @example
 * const issuer = await TestTokenIssuer.create();
 * const module = await overrideCognito(Test.createTestingModule({ imports: [AppModule] }), { issuer }).compile();
 * const token = issuer.signToken({ username: 'ann', groups: ['admins'] });
 *
 * @publicApi
 */
export class TestTokenIssuer {
  readonly userPoolId: string;
  readonly clientId: string;
  readonly #keys: PoolKeys;
  readonly #clock: Clock;

  private constructor(
    { userPoolId, clientId, clock }: Required<Omit<TestTokenIssuerOptions, 'keys'>>,
    keys: PoolKeys,
    /** The public keys, as Cognito would publish them. */
    readonly jwks: JsonWebKeySet,
  ) {
    this.userPoolId = userPoolId;
    this.clientId = clientId;
    this.#keys = keys;
    this.#clock = clock;
  }

  /** Creates an issuer with signing keys of its own. */
  static async create(options: TestTokenIssuerOptions = {}): Promise<TestTokenIssuer> {
    const { userPoolId = DEFAULT_USER_POOL_ID, clientId = DEFAULT_CLIENT_ID, clock = systemClock } = options;
    const keys = new SigningKeys();
    if (options.keys !== undefined) {
      keys.import(userPoolId, options.keys);
    }
    return new TestTokenIssuer({ userPoolId, clientId, clock }, await keys.of(userPoolId), await keys.jwks(userPoolId));
  }

  /** The issuer (`iss`) of the tokens: the address that Amazon Cognito would use for the user pool. */
  get issuer(): string {
    const [issuer = ''] = issuersOf(this.userPoolId, [regionOfPool(this.userPoolId)]);
    return issuer;
  }

  /** Options of `MandateModule.forRoot` with which the guard accepts the tokens. */
  readonly moduleOptions = (): TestModuleOptions => ({
    userPoolId: this.userPoolId,
    clientId: this.clientId,
    jwks: this.jwks,
    endpoint: UNREACHABLE,
  });

  /** Signs a token. Without options: a valid access token of `test-user`, who has no groups. */
  readonly signToken = (options: TestTokenOptions = {}): string => {
    const claims = testClaims(options, { issuer: this.issuer, clientId: this.clientId, now: this.#clock() });
    return signToken(claims, claims.token_use === 'id' ? this.#keys.id : this.#keys.access);
  };
}
