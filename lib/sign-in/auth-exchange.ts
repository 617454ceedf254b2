import { MandateArgumentError } from '../errors/argument-error.js';
import { MandateError } from '../errors/mandate-error.js';
import { requireObject, requireText, requireTextIfGiven } from '../errors/require-argument.js';
import { startOfFlow, type AnySignIn } from '../protocol/auth-flow.js';
import { isChallengeName, readOutcome, type AuthenticationOutcome } from '../protocol/authentication-outcome.js';
import type { AnswerOf, Challenge, RememberedDevice } from '../protocol/challenge.js';
import { requireDevice, RESPONDERS, type AnswerContext } from '../protocol/challenge-responses.js';
import { UnexpectedAnswerError } from '../protocol/protocol-error.js';
import { srpRealmOfPool } from '../protocol/srp/identity.js';
import type { Clock } from '../time/clock.js';
import type { AppClient } from '../client/app-client.js';
import type { AuthOperations } from './auth-operations.js';
import { ExchangeSecrets } from './exchange-secrets.js';

/** What an exchange is made of. */
export interface AuthExchangeDependencies<Context> {
  readonly operations: AuthOperations<Context>;
  readonly appClient: AppClient;
  readonly clock: Clock;
  /** Names the application's attributes as Cognito does. */
  readonly encodeAttributes: AnswerContext['encodeAttributes'];
}

/** SRP, then the device's own SRP: more rounds in a row that need nobody do not exist. */
const OWN_ROUNDS = 3;

/**
 * A sign-in from the first request to tokens or to a challenge that only the user can answer. The SRP rounds, which
 * Cognito wants answered within seconds, and the rounds of a remembered device run inside.
 */
export class AuthExchange<Context> {
  private readonly realm: string;

  constructor(private readonly dependencies: AuthExchangeDependencies<Context>) {
    this.realm = srpRealmOfPool(dependencies.appClient.userPoolId);
  }

  /** Signs in. When Cognito has forgotten the device, the sign-in starts over without it, once. */
  async start(signIn: AnySignIn, context: Context): Promise<AuthenticationOutcome> {
    const { device, ...withoutDevice } = signIn;
    if (device === undefined) {
      return this.run(signIn, context);
    }
    try {
      return await this.run(signIn, context);
    } catch (error) {
      if (!(error instanceof MandateError) || error.code !== 'DEVICE_NOT_FOUND') {
        throw error;
      }
      return { ...(await this.run(withoutDevice, context)), forgottenDeviceKey: device.key };
    }
  }

  /** Answers a challenge. */
  async answer<C extends Challenge>(
    challenge: C,
    answer: AnswerOf<C>,
    context: Context,
    device?: RememberedDevice,
  ): Promise<AuthenticationOutcome> {
    requireChallenge(challenge);
    requireObject('answer', answer);
    const known = answer as { readonly password?: string; readonly device?: RememberedDevice };
    const itsDevice = device ?? known.device;
    if (itsDevice !== undefined) {
      requireDevice(itsDevice);
    }
    const secrets = new ExchangeSecrets(known.password, itsDevice);
    const ready = await this.verifySoftwareToken(challenge, answer);
    return this.proceed(await this.respond(ready, answer, secrets, context), secrets, context);
  }

  private async run(signIn: AnySignIn, context: Context): Promise<AuthenticationOutcome> {
    const { username, password, device } = signIn;
    const secrets = new ExchangeSecrets(password, device);
    const { flow, parameters, session } = startOfFlow(signIn, () => secrets.beginSrp());
    const received = await this.dependencies.operations.initiate({
      flow,
      parameters: { ...(await this.identify(username, device)), ...parameters },
      session,
      context,
    });
    return this.proceed(readOutcome(received, username, this.dependencies.clock()), secrets, context);
  }

  /** Answers the challenges that need nobody. */
  private async proceed(
    first: AuthenticationOutcome,
    secrets: ExchangeSecrets,
    context: Context,
  ): Promise<AuthenticationOutcome> {
    let outcome = first;
    for (let round = 0; round <= OWN_ROUNDS; round += 1) {
      const answer = outcome.status === 'CHALLENGE' ? secrets.answerTo(outcome.challenge) : undefined;
      if (outcome.status !== 'CHALLENGE' || answer === undefined) {
        return outcome;
      }
      outcome = await this.respond(outcome.challenge, answer, secrets, context);
    }
    throw new UnexpectedAnswerError('it asks for the same proof again and again');
  }

  private async respond<C extends Challenge>(
    challenge: C,
    answer: AnswerOf<C>,
    secrets: ExchangeSecrets,
    context: Context,
  ): Promise<AuthenticationOutcome> {
    const { operations, clock, encodeAttributes } = this.dependencies;
    const respond = RESPONDERS[challenge.name] as (answer: AnswerOf<C>, challenge: C, context: AnswerContext) => object;
    const responses = respond(answer, challenge, {
      realm: this.realm,
      now: new Date(clock()),
      clientPublic: () => secrets.beginSrp(),
      encodeAttributes,
    });
    const received = await operations.respond({
      challenge: challenge.name,
      responses: { ...(await this.identify(challenge.username, secrets.device)), ...responses },
      session: challenge.session,
      context,
    });
    return readOutcome(received, challenge.username, clock());
  }

  /** The code that sets up an authenticator app is checked by an operation of its own, which gives the next session. */
  private async verifySoftwareToken<C extends Challenge>(challenge: C, answer: object): Promise<C> {
    if (challenge.name !== 'MFA_SETUP' || 'email' in answer) {
      return challenge;
    }
    const { code, deviceName } = answer as { readonly code?: unknown; readonly deviceName?: string };
    requireText('answer.code', code);
    requireText('challenge.session', challenge.session);
    const session = await this.dependencies.operations.verifySoftwareToken(challenge.session, code, deviceName);
    return { ...challenge, session };
  }

  /** USERNAME, SECRET_HASH over exactly that name for a client with a secret, and DEVICE_KEY: every request has them. */
  private async identify(username: string, device: RememberedDevice | undefined): Promise<Record<string, string>> {
    const hash = await this.dependencies.appClient.secretHash(username);
    return {
      USERNAME: username,
      ...(hash === undefined ? {} : { SECRET_HASH: hash }),
      ...(device === undefined ? {} : { DEVICE_KEY: device.key }),
    };
  }
}

/** Challenges come back from browsers and stores; what is not one is refused before anything is sent. */
function requireChallenge(challenge: Challenge): void {
  requireObject('challenge', challenge);
  if (!isChallengeName(challenge.name)) {
    throw new MandateArgumentError('challenge.name', 'must be the name of a challenge');
  }
  requireText('challenge.username', challenge.username);
  requireTextIfGiven('challenge.session', challenge.session);
  requireObject('challenge.parameters', challenge.parameters);
}
