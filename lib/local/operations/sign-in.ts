import type { AuthFlowType, ChallengeNameType } from '@aws-sdk/client-cognito-identity-provider';

import { flowOf } from '../engine/clients/auth-flows.js';
import { clientById, clientOfPool, poolById } from '../engine/pools/pool-lookup.js';
import type { Environment } from '../engine/environment.js';
import { answerChallenge } from '../engine/sign-in/challenges/answer-challenge.js';
import { startSignIn } from '../engine/sign-in/flows/start-sign-in.js';
import type { AppClient } from '../model/app-client.js';
import type { ChallengeSession } from '../model/challenge-session.js';
import type { Pool } from '../model/pool.js';
import { CLIENT_ID, MAP, type MemberRule, required, SESSION, USER_POOL_ID } from './member-rules.js';
import type { OperationTable } from './operation.js';

const FLOW_NAMES: readonly AuthFlowType[] = [
  'USER_SRP_AUTH',
  'REFRESH_TOKEN_AUTH',
  'REFRESH_TOKEN',
  'CUSTOM_AUTH',
  'ADMIN_NO_SRP_AUTH',
  'USER_PASSWORD_AUTH',
  'ADMIN_USER_PASSWORD_AUTH',
  'USER_AUTH',
];

const CHALLENGE_NAMES: readonly ChallengeNameType[] = [
  'SMS_MFA',
  'EMAIL_OTP',
  'SOFTWARE_TOKEN_MFA',
  'SELECT_MFA_TYPE',
  'MFA_SETUP',
  'PASSWORD_VERIFIER',
  'CUSTOM_CHALLENGE',
  'SELECT_CHALLENGE',
  'DEVICE_SRP_AUTH',
  'DEVICE_PASSWORD_VERIFIER',
  'ADMIN_NO_SRP_AUTH',
  'NEW_PASSWORD_REQUIRED',
  'SMS_OTP',
  'PASSWORD',
  'WEB_AUTHN',
  'PASSWORD_SRP',
];

const AUTH_FLOW: MemberRule = { type: 'string', values: FLOW_NAMES };
const CHALLENGE_NAME: MemberRule = { type: 'string', values: CHALLENGE_NAMES };

/** Signing in, for users and for administrators. */
export const signInOperations: OperationTable<
  'InitiateAuth' | 'AdminInitiateAuth' | 'RespondToAuthChallenge' | 'AdminRespondToAuthChallenge'
> = {
  InitiateAuth: {
    members: {
      AuthFlow: required(AUTH_FLOW),
      ClientId: required(CLIENT_ID),
      AuthParameters: MAP,
      ClientMetadata: MAP,
      Session: SESSION,
    },
    handle: (environment, input, origin) =>
      startSignIn(environment, {
        ...clientById(environment, input.ClientId),
        flow: flowOf(input.AuthFlow),
        parameters: input.AuthParameters ?? {},
        clientMetadata: input.ClientMetadata,
        session: input.Session,
        admin: false,
        origin,
      }),
  },
  AdminInitiateAuth: {
    members: {
      UserPoolId: required(USER_POOL_ID),
      ClientId: required(CLIENT_ID),
      AuthFlow: required(AUTH_FLOW),
      AuthParameters: MAP,
      ClientMetadata: MAP,
      Session: SESSION,
    },
    handle: (environment, input, origin) =>
      startSignIn(environment, {
        ...poolAndClient(environment, input),
        flow: flowOf(input.AuthFlow),
        parameters: input.AuthParameters ?? {},
        clientMetadata: input.ClientMetadata,
        session: input.Session,
        admin: true,
        origin,
      }),
  },
  RespondToAuthChallenge: {
    members: {
      ClientId: required(CLIENT_ID),
      ChallengeName: required(CHALLENGE_NAME),
      ChallengeResponses: MAP,
      ClientMetadata: MAP,
      Session: SESSION,
    },
    handle: (environment, input, origin) => {
      const place = clientById(environment, input.ClientId);
      return answerChallenge(environment, {
        ...place,
        challenge: input.ChallengeName,
        responses: input.ChallengeResponses ?? {},
        clientMetadata: input.ClientMetadata,
        session: sessionOf(environment, place, input.Session),
        origin,
      });
    },
  },
  AdminRespondToAuthChallenge: {
    members: {
      UserPoolId: required(USER_POOL_ID),
      ClientId: required(CLIENT_ID),
      ChallengeName: required(CHALLENGE_NAME),
      ChallengeResponses: MAP,
      ClientMetadata: MAP,
      Session: SESSION,
    },
    handle: (environment, input, origin) => {
      const place = poolAndClient(environment, input);
      return answerChallenge(environment, {
        ...place,
        challenge: input.ChallengeName,
        responses: input.ChallengeResponses ?? {},
        clientMetadata: input.ClientMetadata,
        session: sessionOf(environment, place, input.Session),
        origin,
      });
    },
  },
};

interface Place {
  readonly pool: Pool;
  readonly client: AppClient;
}

function poolAndClient(
  environment: Environment,
  input: { readonly UserPoolId: string; readonly ClientId: string },
): Place {
  const pool = poolById(environment, input.UserPoolId);
  return { pool, client: clientOfPool(pool, input.ClientId) };
}

function sessionOf({ sessions }: Environment, { pool, client }: Place, token?: string): ChallengeSession | undefined {
  return token === undefined ? undefined : sessions.find(token, { poolId: pool.id, clientId: client.id });
}
