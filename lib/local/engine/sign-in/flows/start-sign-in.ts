import type { SignInFlow } from '../../../model/challenge-session.js';
import { assertFlowEnabled } from '../../clients/auth-flows.js';
import { invalidParameter } from '../../cognito-fault.js';
import type { Environment } from '../../environment.js';
import { recordSignIn } from '../../threat-protection/sign-in-events.js';
import type { StartRequest } from '../attempt.js';
import { respond } from '../completion.js';
import { advance } from '../stages/advance.js';
import type { AuthResponse, Flow, Progress } from '../step.js';
import { customAuth } from './custom-auth.js';
import { refreshTokenAuth } from './refresh-token-auth.js';
import { userAuth } from './user-auth.js';
import { userPasswordAuth } from './user-password-auth.js';
import { userSrpAuth } from './user-srp-auth.js';

const FLOWS: Readonly<Record<SignInFlow, Flow>> = {
  USER_SRP_AUTH: userSrpAuth,
  USER_PASSWORD_AUTH: userPasswordAuth,
  ADMIN_USER_PASSWORD_AUTH: userPasswordAuth,
  REFRESH_TOKEN_AUTH: refreshTokenAuth,
  CUSTOM_AUTH: customAuth,
  USER_AUTH: userAuth,
};

/**
 * Starts a sign-in through the API.
 *
 * @throws CognitoFault InvalidParameterException if the operation does not support the flow, or the client has not
 *   enabled it.
 */
export async function startSignIn(environment: Environment, request: StartRequest): Promise<AuthResponse> {
  if (request.flow === (request.admin ? 'USER_PASSWORD_AUTH' : 'ADMIN_USER_PASSWORD_AUTH')) {
    throw invalidParameter('Initiate Auth method not supported.');
  }
  assertFlowEnabled(request.client, request.flow);
  return respond(environment, await beginSignIn(environment, request));
}

/** Starts a sign-in, whoever asks for it. */
export async function beginSignIn(environment: Environment, request: StartRequest): Promise<Progress> {
  const { flow, parameters, pool, client, origin } = request;
  const begin = async () => advance(environment, await FLOWS[flow](environment, request));
  if (flow === 'REFRESH_TOKEN_AUTH') {
    return begin();
  }
  const challenge = parameters['PASSWORD'] === undefined ? undefined : ('PASSWORD' as const);
  return recordSignIn(environment, { pool, client, origin, username: parameters['USERNAME'], challenge }, begin);
}
