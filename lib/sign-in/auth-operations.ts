import type { AppClient } from '../client/app-client.js';
import type { CognitoClient } from '../client/cognito-client.js';
import { sdkAdminContext, sdkContext, type AdminCallContext, type CallContext } from '../client/shapes/call-context.js';
import type { AuthFlowStart } from '../protocol/auth-flow.js';
import type { AuthenticationAnswer } from '../protocol/authentication-outcome.js';
import type { ChallengeName } from '../protocol/challenge.js';

/** Context of a call; each form of the operations sends the members that it supports. */
export type AuthContext = CallContext & AdminCallContext;

/** The first request of a sign-in. */
export interface InitiateRequest extends AuthFlowStart {
  readonly context: AuthContext;
}

/** The answer to a challenge. */
export interface RespondRequest {
  readonly challenge: ChallengeName;
  readonly responses: Readonly<Record<string, string>>;
  readonly session: string | undefined;
  readonly context: AuthContext;
}

/** The two operations of every sign-in, in their public or their privileged form. */
export interface AuthOperations {
  initiate(request: InitiateRequest): Promise<AuthenticationAnswer>;
  respond(request: RespondRequest): Promise<AuthenticationAnswer>;
}

/** InitiateAuth and RespondToAuthChallenge: unsigned. */
export function userAuthOperations(client: CognitoClient, { clientId }: AppClient): AuthOperations {
  const app = { ClientId: clientId };
  return {
    initiate: (request) =>
      client.send('InitiateAuth', { ...app, ...sdkInitiate(request), ...sdkContext(request.context) }),
    respond: (request) =>
      client.send('RespondToAuthChallenge', { ...app, ...sdkRespond(request), ...sdkContext(request.context) }),
  };
}

/** AdminInitiateAuth and AdminRespondToAuthChallenge: signed with AWS credentials. */
export function adminAuthOperations(client: CognitoClient, { clientId, userPoolId }: AppClient): AuthOperations {
  const app = { UserPoolId: userPoolId, ClientId: clientId };
  return {
    initiate: (request) =>
      client.send('AdminInitiateAuth', { ...app, ...sdkInitiate(request), ...sdkAdminContext(request.context) }),
    respond: (request) =>
      client.send('AdminRespondToAuthChallenge', {
        ...app,
        ...sdkRespond(request),
        ...sdkAdminContext(request.context),
      }),
  };
}

function sdkInitiate({ flow, parameters, session }: InitiateRequest): {
  AuthFlow: InitiateRequest['flow'];
  AuthParameters: Record<string, string>;
  Session: string | undefined;
} {
  return { AuthFlow: flow, AuthParameters: parameters, Session: session };
}

function sdkRespond({ challenge, responses, session }: RespondRequest): {
  ChallengeName: ChallengeName;
  ChallengeResponses: Record<string, string>;
  Session: string | undefined;
} {
  return { ChallengeName: challenge, ChallengeResponses: responses, Session: session };
}
