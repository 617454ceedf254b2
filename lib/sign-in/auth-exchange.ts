import type { AttributeCodec } from '../attributes/attribute-codec.js';
import type { AppClient } from '../client/app-client.js';
import type { CognitoClient } from '../client/cognito-client.js';
import { MandateArgumentError } from '../errors/argument-error.js';
import { MandateError } from '../errors/mandate-error.js';
import { requireObject, requireText, requireTextIfGiven } from '../errors/require-argument.js';
import { startOfFlow, type AnySignIn } from '../protocol/auth-flow.js';
import { isChallengeName, readOutcome, type AuthenticationOutcome } from '../protocol/authentication-outcome.js';
import type { Challenge, RememberedDevice } from '../protocol/challenge.js';
import { requireDevice, RESPONDERS, type AnswerContext } from '../protocol/challenge-responses.js';
import { requireMember, UnexpectedAnswerError } from '../protocol/protocol-error.js';
import { srpRealmOfPool } from '../protocol/srp/identity.js';
import type { Clock } from '../time/clock.js';
import type { AuthContext, AuthOperations } from './auth-operations.js';
import type {
  AdminAuthenticateRequest,
  AdminRespondOptions,
  AuthenticateRequest,
  RespondOptions,
} from './auth-requests.js';
import { CallSecrets } from './call-secrets.js';
import { verifySoftwareToken } from './software-token.js';

const ADMIN_FLOW = 'ADMIN_USER_PASSWORD_AUTH';

/** Options of an exchange: the last three distinguish users' from administrators' sign-ins. */
export interface AuthExchangeOptions {
  readonly client: CognitoClient;
  readonly appClient: AppClient;
  readonly codec: Pick<AttributeCodec<object>, 'encode'>;
  readonly clock: Clock;
  /** `userAuthOperations` or `adminAuthOperations`. */
  readonly operations: AuthOperations;
  /** Flow of a request that names none. */
  readonly defaultFlow: 'USER_SRP_AUTH' | typeof ADMIN_FLOW;
  /** Whether requests may name ADMIN_USER_PASSWORD_AUTH. */
  readonly privileged: boolean;
}

/** PASSWORD_VERIFIER, DEVICE_SRP_AUTH, DEVICE_PASSWORD_VERIFIER: the longest run of challenges that need no user. */
const MAX_ROUNDS_WITHOUT_USER = 3;

/**
 * The authentication exchange with Cognito, from the first request to tokens or to a challenge that only the user can
 * answer. SRP rounds, which must be answered within seconds, and the rounds of a remembered device are handled
 * internally.
 */
export class AuthExchange {
  private readonly realm: string;

  constructor(private readonly options: AuthExchangeOptions) {
    this.realm = srpRealmOfPool(options.appClient.userPoolId);
  }

  /** Starts a sign-in. If Cognito has forgotten the device, starts over without it, once. */
  async start(request: AuthenticateRequest | AdminAuthenticateRequest): Promise<AuthenticationOutcome> {
    requireObject('request', request);
    const signIn = this.withFlow(request);
    const { device, ...withoutDevice } = signIn;
    if (device === undefined) {
      return this.run(signIn);
    }
    try {
      return await this.run(signIn);
    } catch (error) {
      if (!(error instanceof MandateError) || error.code !== 'DEVICE_NOT_FOUND') {
        throw error;
      }
      return { ...(await this.run(withoutDevice)), forgottenDeviceKey: device.key };
    }
  }

  /**
   * Answers a challenge.
   *
   * @param answer - the `AnswerOf` the challenge. The types of the services tie the two together, and the responders
   *   check it, because it often is a request body.
   */
  async answer(
    challenge: Challenge,
    answer: object,
    options: RespondOptions | AdminRespondOptions = {},
  ): Promise<AuthenticationOutcome> {
    requireObject('options', options);
    requireChallenge(challenge);
    requireObject('answer', answer);
    const known = answer as { readonly password?: string; readonly device?: RememberedDevice };
    const device = options.device ?? known.device;
    if (device !== undefined) {
      requireDevice(device);
    }
    const secrets = new CallSecrets(known.password, device);
    const ready = await this.verifySoftwareToken(challenge, answer);
    return this.proceed(await this.respond(ready, answer, secrets, options), secrets, options);
  }

  private withFlow(request: AuthenticateRequest | AdminAuthenticateRequest): AnySignIn & AuthContext {
    const { privileged, defaultFlow } = this.options;
    const { flow = defaultFlow } = request;
    if (flow === ADMIN_FLOW && !privileged) {
      throw new MandateArgumentError('flow', `must not be ${ADMIN_FLOW} here. Use CognitoAdminService`);
    }
    // The types of the requests tie each flow to its members, which `startOfFlow` checks.
    return { ...request, flow } as AnySignIn & AuthContext;
  }

  private async run(signIn: AnySignIn & AuthContext): Promise<AuthenticationOutcome> {
    const { username, password, device } = signIn;
    const secrets = new CallSecrets(password, device);
    const { flow, parameters, session } = startOfFlow(signIn, () => secrets.beginSrp());
    const received = await this.options.operations.initiate({
      flow,
      parameters: { ...(await this.identify(username, device)), ...parameters },
      session,
      context: signIn,
    });
    return this.proceed(readOutcome(received, username, this.options.clock()), secrets, signIn);
  }

  /** Answers the challenges that need no user. */
  private async proceed(
    first: AuthenticationOutcome,
    secrets: CallSecrets,
    context: AuthContext,
  ): Promise<AuthenticationOutcome> {
    let outcome = first;
    for (let round = 0; round <= MAX_ROUNDS_WITHOUT_USER; round += 1) {
      const answer = outcome.status === 'CHALLENGE' ? secrets.answerTo(outcome.challenge) : undefined;
      if (outcome.status !== 'CHALLENGE' || answer === undefined) {
        return outcome;
      }
      outcome = await this.respond(outcome.challenge, answer, secrets, context);
    }
    throw new UnexpectedAnswerError('it repeats challenges that have been answered');
  }

  private async respond(
    challenge: Challenge,
    answer: object,
    secrets: CallSecrets,
    context: AuthContext,
  ): Promise<AuthenticationOutcome> {
    const { operations, clock, codec } = this.options;
    const respond = RESPONDERS[challenge.name] as (answer: object, challenge: object, context: AnswerContext) => object;
    const responses = respond(answer, challenge, {
      realm: this.realm,
      now: new Date(clock()),
      clientPublic: () => secrets.beginSrp(),
      encodeAttributes: (attributes) => codec.encode(attributes, 'answer.attributes'),
    });
    const received = await operations.respond({
      challenge: challenge.name,
      responses: { ...(await this.identify(challenge.username, secrets.device)), ...responses },
      session: challenge.session,
      context,
    });
    return readOutcome(received, challenge.username, clock());
  }

  /** VerifySoftwareToken checks the code that answers MFA_SETUP, and returns the session to respond with. */
  private async verifySoftwareToken(challenge: Challenge, answer: object): Promise<Challenge> {
    if (challenge.name !== 'MFA_SETUP' || 'email' in answer) {
      return challenge;
    }
    const { code, deviceName } = answer as { readonly code?: unknown; readonly deviceName?: string };
    requireText('answer.code', code);
    requireText('challenge.session', challenge.session);
    const session = await verifySoftwareToken(this.options.client, { Session: challenge.session }, code, deviceName);
    return { ...challenge, session: requireMember('Session', session) };
  }

  /** The parameters of every request. SECRET_HASH must be over exactly the USERNAME that is sent with it. */
  private async identify(username: string, device: RememberedDevice | undefined): Promise<Record<string, string>> {
    const hash = await this.options.appClient.secretHash(username);
    return {
      USERNAME: username,
      ...(hash === undefined ? {} : { SECRET_HASH: hash }),
      ...(device === undefined ? {} : { DEVICE_KEY: device.key }),
    };
  }
}

/** Challenges come back from browsers and stores, so their shape is checked before anything is sent. */
function requireChallenge(challenge: Challenge): void {
  requireObject('challenge', challenge);
  if (!isChallengeName(challenge.name)) {
    throw new MandateArgumentError('challenge.name', 'must be the name of a challenge');
  }
  requireText('challenge.username', challenge.username);
  requireTextIfGiven('challenge.session', challenge.session);
  requireObject('challenge.parameters', challenge.parameters);
}
