import { AuthExchange } from '../sign-in/auth-exchange.js';
import { userAuthOperations } from '../sign-in/auth-operations.js';
import type { CallContext } from '../client/shapes/call-context.js';
import { MandateArgumentError } from '../errors/argument-error.js';
import { requireObject } from '../errors/require-argument.js';
import type { UserSignIn } from '../protocol/auth-flow.js';
import type { AuthenticationOutcome } from '../protocol/authentication-outcome.js';
import type { AnswerOf, Challenge, RememberedDevice } from '../protocol/challenge.js';
import type { UserDependencies } from './user-dependencies.js';

/** A sign-in, with what the call can carry along. The flow is USER_SRP_AUTH unless another is named. */
export type AuthenticateRequest = UserSignIn & CallContext;

/** What can go along with an answer. */
export interface RespondOptions extends CallContext {
  /** The device that the sign-in began with, so that its rounds run by themselves when they come after this answer. */
  readonly device?: RememberedDevice | undefined;
}

/** Sign-in without AWS credentials: InitiateAuth, RespondToAuthChallenge. */
export class SignInFlow<Attributes extends object> {
  private readonly exchange: AuthExchange<CallContext>;

  constructor({ client, appClient, clock, codec }: UserDependencies<Attributes>) {
    this.exchange = new AuthExchange({
      operations: userAuthOperations(client, appClient),
      appClient,
      clock,
      encodeAttributes: (attributes) => codec.encode(attributes, 'answer.attributes'),
    });
  }

  async authenticate(request: AuthenticateRequest): Promise<AuthenticationOutcome> {
    requireObject('request', request);
    if ((request as { readonly flow?: unknown }).flow === 'ADMIN_USER_PASSWORD_AUTH') {
      throw new MandateArgumentError('flow', 'must not be privileged here: use CognitoAdminService');
    }
    return this.exchange.start(request, request);
  }

  async respond<C extends Challenge>(
    challenge: C,
    answer: AnswerOf<C, Attributes>,
    options: RespondOptions = {},
  ): Promise<AuthenticationOutcome> {
    requireObject('options', options);
    return this.exchange.answer(challenge, answer, options, options.device);
  }
}
