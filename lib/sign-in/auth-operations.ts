import type { AuthenticationAnswer } from '../protocol/authentication-outcome.js';
import type { AuthFlowStart } from '../protocol/auth-flow.js';
import type { ChallengeName } from '../protocol/challenge.js';
import { UnexpectedAnswerError } from '../protocol/protocol-error.js';
import type { AppClient } from '../client/app-client.js';
import { sdkAdminContext, sdkContext, type AdminCallContext, type CallContext } from '../client/shapes/call-context.js';
import type { CognitoClient } from '../client/cognito-client.js';
import { verifySoftwareToken } from './software-token.js';

/** The first request of a sign-in. */
export interface InitiateRequest<Context> {
  readonly flow: AuthFlowStart['flow'];
  readonly parameters: Readonly<Record<string, string>>;
  readonly session: string | undefined;
  readonly context: Context;
}

/** A further request of a sign-in. */
export interface RespondRequest<Context> {
  readonly challenge: ChallengeName;
  readonly responses: Readonly<Record<string, string>>;
  readonly session: string | undefined;
  readonly context: Context;
}

/** The operations of which every sign-in consists, in their public or their privileged form. */
export interface AuthOperations<Context> {
  initiate(request: InitiateRequest<Context>): Promise<AuthenticationAnswer>;
  respond(request: RespondRequest<Context>): Promise<AuthenticationAnswer>;
  /** Checks the first code of an authenticator app; returns the next session. */
  verifySoftwareToken(session: string, code: string, deviceName: string | undefined): Promise<string>;
}

/** InitiateAuth and RespondToAuthChallenge: unsigned. */
export function userAuthOperations(client: CognitoClient, { clientId }: AppClient): AuthOperations<CallContext> {
  return {
    initiate: ({ flow, parameters, session, context }) =>
      client.send('InitiateAuth', {
        ClientId: clientId,
        AuthFlow: flow,
        AuthParameters: parameters,
        Session: session,
        ...sdkContext(context),
      }),
    respond: ({ challenge, responses, session, context }) =>
      client.send('RespondToAuthChallenge', {
        ClientId: clientId,
        ChallengeName: challenge,
        ChallengeResponses: responses,
        Session: session,
        ...sdkContext(context),
      }),
    verifySoftwareToken: softwareTokenVerifier(client),
  };
}

/** AdminInitiateAuth and AdminRespondToAuthChallenge: signed with AWS credentials. */
export function adminAuthOperations(
  client: CognitoClient,
  { clientId, userPoolId }: AppClient,
): AuthOperations<AdminCallContext> {
  return {
    initiate: ({ flow, parameters, session, context }) =>
      client.send('AdminInitiateAuth', {
        UserPoolId: userPoolId,
        ClientId: clientId,
        AuthFlow: flow,
        AuthParameters: parameters,
        Session: session,
        ...sdkAdminContext(context),
      }),
    respond: ({ challenge, responses, session, context }) =>
      client.send('AdminRespondToAuthChallenge', {
        UserPoolId: userPoolId,
        ClientId: clientId,
        ChallengeName: challenge,
        ChallengeResponses: responses,
        Session: session,
        ...sdkAdminContext(context),
      }),
    verifySoftwareToken: softwareTokenVerifier(client),
  };
}

/** There is no privileged form: the session alone authorises. */
function softwareTokenVerifier(client: CognitoClient): AuthOperations<unknown>['verifySoftwareToken'] {
  return async (session, code, deviceName) => {
    const next = await verifySoftwareToken(client, { Session: session }, code, deviceName);
    if (next === undefined) {
      throw new UnexpectedAnswerError('VerifySoftwareToken gave no session');
    }
    return next;
  };
}
