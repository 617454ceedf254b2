import type { CognitoClient } from '../client/cognito-client.js';
import { CognitoServiceError } from '../errors/cognito-service-error.js';

/** Syntactically valid for the parameter AccessToken, but not a token. */
const INVALID_TOKEN = 'health-check';

/** Exceptions with which Cognito reports a failure of its own. */
const FAULTS: ReadonlySet<string> = new Set(['InternalErrorException', 'InternalFailure', 'ServiceUnavailable']);

/** Resolves if Cognito answers, which it does by rejecting the invalid token. */
export async function assertReachable(client: Pick<CognitoClient, 'send'>): Promise<void> {
  try {
    await client.send('GetUser', { AccessToken: INVALID_TOKEN });
  } catch (error) {
    if (!(error instanceof CognitoServiceError) || FAULTS.has(error.exception)) {
      throw error;
    }
  }
}
