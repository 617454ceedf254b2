import { AuthExchange } from '../sign-in/auth-exchange.js';
import { adminAuthOperations } from '../sign-in/auth-operations.js';
import type { AdminCallContext } from '../client/shapes/call-context.js';
import { requireObject } from '../errors/require-argument.js';
import type { AdminPasswordSignIn, UserSignIn } from '../protocol/auth-flow.js';
import type { AuthenticationOutcome } from '../protocol/authentication-outcome.js';
import type { AnswerOf, Challenge, RememberedDevice } from '../protocol/challenge.js';
import type { AdminDependencies } from './admin-dependencies.js';

/** A privileged sign-in, with what the call can carry along. The flow is ADMIN_USER_PASSWORD_AUTH unless another is named. */
export type AdminAuthenticateRequest = AdminCallContext &
  (
    | (Omit<AdminPasswordSignIn, 'flow'> & { readonly flow?: 'ADMIN_USER_PASSWORD_AUTH' | undefined })
    | (UserSignIn & { readonly flow: NonNullable<UserSignIn['flow']> })
  );

/** What can go along with an answer. */
export interface AdminRespondOptions extends AdminCallContext {
  /** The device that the sign-in began with. */
  readonly device?: RememberedDevice | undefined;
}

/** Sign-in with AWS credentials: AdminInitiateAuth, AdminRespondToAuthChallenge. */
export class AdminSignIn<Attributes extends object> {
  private readonly exchange: AuthExchange<AdminCallContext>;

  constructor({ client, appClient, clock, codec }: AdminDependencies<Attributes>) {
    this.exchange = new AuthExchange({
      operations: adminAuthOperations(client, appClient),
      appClient,
      clock,
      encodeAttributes: (attributes) => codec.encode(attributes, 'answer.attributes'),
    });
  }

  async authenticate(request: AdminAuthenticateRequest): Promise<AuthenticationOutcome> {
    requireObject('request', request);
    const signIn = request.flow === undefined ? { ...request, flow: 'ADMIN_USER_PASSWORD_AUTH' as const } : request;
    return this.exchange.start(signIn, request);
  }

  async respond<C extends Challenge>(
    challenge: C,
    answer: AnswerOf<C, Attributes>,
    options: AdminRespondOptions = {},
  ): Promise<AuthenticationOutcome> {
    requireObject('options', options);
    return this.exchange.answer(challenge, answer, options, options.device);
  }
}
