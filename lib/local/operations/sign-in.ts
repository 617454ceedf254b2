import { flowOf } from '../engine/clients/auth-flows.js';
import { clientById } from '../engine/pools/pool-lookup.js';
import type { Environment } from '../engine/environment.js';
import type { StartRequest } from '../engine/sign-in/attempt.js';
import { answerChallenge } from '../engine/sign-in/challenges/answer-challenge.js';
import { startSignIn } from '../engine/sign-in/flows/start-sign-in.js';
import { callerContext } from './caller-context.js';
import type { CheckedInput, OperationInput, OperationTable } from './operation.js';
import { poolAndClient } from './pool-and-client.js';

/** Sign-in, for users and for administrators. */
export const signInOperations: OperationTable<
  'InitiateAuth' | 'AdminInitiateAuth' | 'RespondToAuthChallenge' | 'AdminRespondToAuthChallenge'
> = {
  InitiateAuth: {
    handle: (environment, input, origin) =>
      start(environment, { ...clientById(environment, input.ClientId), admin: false, origin }, input),
  },
  AdminInitiateAuth: {
    handle: (environment, input, origin) =>
      start(environment, { ...poolAndClient(environment, input), admin: true, origin }, input),
  },
  RespondToAuthChallenge: {
    handle: (environment, input, origin) =>
      answer(environment, { ...clientById(environment, input.ClientId), admin: false, origin }, input),
  },
  AdminRespondToAuthChallenge: {
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
