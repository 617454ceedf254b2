import type { AuthFlowType, ChallengeNameType } from '@aws-sdk/client-cognito-identity-provider';

import { flowOf } from '../engine/clients/auth-flows.js';
import { clientById } from '../engine/pools/pool-lookup.js';
import type { Environment } from '../engine/environment.js';
import type { StartRequest } from '../engine/sign-in/attempt.js';
import { answerChallenge } from '../engine/sign-in/challenges/answer-challenge.js';
import { startSignIn } from '../engine/sign-in/flows/start-sign-in.js';
import { callerContext } from './caller-context.js';
import { CLIENT_ID, MAP, type MemberRule, required, SESSION } from './member-rules.js';
import type { CheckedInput, OperationInput, OperationTable } from './operation.js';
import { POOL_AND_CLIENT, poolAndClient } from './pool-and-client.js';

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

const CLIENT = { ClientId: required(CLIENT_ID) };
const START = { AuthFlow: required(AUTH_FLOW), AuthParameters: MAP, ClientMetadata: MAP, Session: SESSION };
const ANSWER = {
  ChallengeName: required(CHALLENGE_NAME),
  ChallengeResponses: MAP,
  ClientMetadata: MAP,
  Session: SESSION,
};

/** Sign-in, for users and for administrators. */
export const signInOperations: OperationTable<
  'InitiateAuth' | 'AdminInitiateAuth' | 'RespondToAuthChallenge' | 'AdminRespondToAuthChallenge'
> = {
  InitiateAuth: {
    members: { ...CLIENT, ...START },
    handle: (environment, input, origin) =>
      start(environment, { ...clientById(environment, input.ClientId), admin: false, origin }, input),
  },
  AdminInitiateAuth: {
    members: { ...POOL_AND_CLIENT, ...START },
    handle: (environment, input, origin) =>
      start(environment, { ...poolAndClient(environment, input), admin: true, origin }, input),
  },
  RespondToAuthChallenge: {
    members: { ...CLIENT, ...ANSWER },
    handle: (environment, input, origin) =>
      answer(environment, { ...clientById(environment, input.ClientId), admin: false, origin }, input),
  },
  AdminRespondToAuthChallenge: {
    members: { ...POOL_AND_CLIENT, ...ANSWER },
    handle: (environment, input, origin) =>
      answer(environment, { ...poolAndClient(environment, input), admin: true, origin }, input),
  },
};

/** Where a call comes from: the app client, the API (user or administrator) and the HTTP request. */
type Caller = Pick<StartRequest, 'pool' | 'client' | 'admin' | 'origin'>;

function start(
  environment: Environment,
  caller: Caller,
  input: CheckedInput<OperationInput<'InitiateAuth'>>,
): ReturnType<typeof startSignIn> {
  return startSignIn(environment, {
    ...caller,
    flow: flowOf(input.AuthFlow),
    parameters: input.AuthParameters ?? {},
    clientMetadata: input.ClientMetadata,
    session: input.Session,
    origin: callerContext(caller.client, input, caller.origin),
  });
}

function answer(
  environment: Environment,
  caller: Caller,
  input: CheckedInput<OperationInput<'RespondToAuthChallenge'>>,
): ReturnType<typeof answerChallenge> {
  const { pool, client } = caller;
  return answerChallenge(environment, {
    ...caller,
    challenge: input.ChallengeName,
    responses: input.ChallengeResponses ?? {},
    clientMetadata: input.ClientMetadata,
    origin: callerContext(client, input, caller.origin),
    session:
      input.Session === undefined
        ? undefined
        : environment.sessions.find(input.Session, { poolId: pool.id, clientId: client.id }),
  });
}
