import { invalidParameter } from '../cognito-fault.js';
import type { SignInFlow } from '../../model/challenge-session.js';
import { assertFlowEnabled } from '../clients/auth-flows.js';
import type { Environment } from '../environment.js';
import type { AuthAnswer, FlowStarter, StartRequest } from './attempt.js';
import { choiceFlow } from './flows/choice-flow.js';
import { customFlow } from './flows/custom-flow.js';
import { passwordFlow } from './flows/password-flow.js';
import { refreshFlow } from './flows/refresh-flow.js';
import { srpFlow } from './flows/srp-flow.js';

const FLOWS: Readonly<Record<SignInFlow, FlowStarter>> = {
  USER_SRP_AUTH: srpFlow,
  USER_PASSWORD_AUTH: passwordFlow,
  ADMIN_USER_PASSWORD_AUTH: passwordFlow,
  REFRESH_TOKEN_AUTH: refreshFlow,
  CUSTOM_AUTH: customFlow,
  USER_AUTH: choiceFlow,
};

/**
 * Starts a sign-in.
 *
 * @throws CognitoFault InvalidParameterException when the flow is not for this API or not enabled for the client.
 */
export async function startSignIn(environment: Environment, request: StartRequest): Promise<AuthAnswer> {
  if (request.flow === 'ADMIN_USER_PASSWORD_AUTH' && !request.admin) {
    throw invalidParameter('Initiate Auth method not supported.');
  }
  assertFlowEnabled(request.client, request.flow);
  return FLOWS[request.flow](environment, request);
}
