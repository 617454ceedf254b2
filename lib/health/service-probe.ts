import type { CognitoClient } from '../client/cognito-client.js';
import { CognitoServiceError } from '../errors/cognito-service-error.js';

/** Syntactically a token, and nobody's. */
const NO_TOKEN = 'health-check';

/** Answers that say that Cognito is there and ill. */
const FAULTS: ReadonlySet<string> = new Set(['InternalErrorException', 'InternalFailure', 'ServiceUnavailable']);

/** Resolves if Cognito answers at all: the refusal of a token that does not exist is what is hoped for. */
export async function assertAnswers(client: Pick<CognitoClient, 'send'>): Promise<void> {
  try {
    await client.send('GetUser', { AccessToken: NO_TOKEN });
  } catch (error) {
    if (!(error instanceof CognitoServiceError) || FAULTS.has(error.exception)) {
      throw error;
    }
  }
}
