import type { CallContext } from '../../client/shapes/call-context.js';
import type { CognitoService } from '../../user/cognito.service.js';
import type { AuthApiCall } from './auth-api-call.js';
import type { AuthApiResponses } from './auth-api-responses.js';
import type { TokenDelivery } from './delivery/token-delivery.js';
import type { SignInFlow } from '../../dto/flow-sign-in.dto.js';
import type { PasswordPolicy } from './password-policy.js';

/**
 * What handlers work with: the same for all handlers of a registration.
 *
 * @publicApi
 */
export interface AuthApiContext {
  /** The user pool. */
  readonly cognito: CognitoService;
  /** How tokens, challenges and device secrets reach the client and come back. */
  readonly delivery: TokenDelivery;
  /** What the response bodies are made with. */
  readonly responses: AuthApiResponses;
  /** The flows that a sign-in may use; the first is the default. */
  readonly flows: readonly [SignInFlow, ...SignInFlow[]];
  /** Whether answers may tell which users exist. */
  readonly revealUsers: boolean;
  /** Whether a confirmed sign-up signs the user in. */
  readonly autoSignIn: boolean;
  /** The issuer that authenticator apps show; undefined for the pool's id. */
  readonly totpIssuer: string | undefined;
  /** The rules that passwords of the pool satisfy. */
  readonly passwordPolicy: PasswordPolicy;
  /** What Cognito is told about a call. */
  contextOf(call: AuthApiCall): CallContext;
}
