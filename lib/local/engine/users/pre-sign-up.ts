import type { AppClient } from '../../model/app-client.js';
import type { Pool } from '../../model/pool.js';
import type { PreSignUpEvent } from '../../model/triggers.js';
import type { Environment } from '../environment.js';
import { unrecognizableOutput } from '../trigger-runner.js';
import type { Attributes } from './attribute-rules.js';

/** A sign-up that the pool may still refuse. */
export interface SignUpRequest {
  readonly pool: Pool;
  /** Undefined when an administrator creates the user. */
  readonly client?: AppClient | undefined;
  readonly username: string;
  readonly attributes: Attributes;
  readonly validationData?: Record<string, string> | undefined;
  readonly clientMetadata?: Record<string, string> | undefined;
}

const NOTHING_AUTOMATIC = { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false };

/**
 * Runs PreSignUp.
 *
 * @throws CognitoFault UserLambdaValidationException when it refuses; InvalidLambdaResponseException when it verifies an
 *   attribute that was not given.
 */
export async function runPreSignUp(
  { triggers }: Pick<Environment, 'triggers'>,
  source: 'SignUp' | 'AdminCreateUser',
  request: SignUpRequest,
): Promise<PreSignUpEvent['response']> {
  const { pool, client, username, attributes, validationData, clientMetadata } = request;
  const response = await triggers.run('preSignUp', {
    pool,
    clientId: client?.id,
    userName: username,
    source,
    request: {
      userAttributes: { ...attributes },
      ...(validationData && { validationData }),
      ...(clientMetadata && { clientMetadata }),
    },
    response: NOTHING_AUTOMATIC,
  });
  const verdict = response ?? NOTHING_AUTOMATIC;
  const verifiesNothing =
    (verdict.autoVerifyEmail && !attributes['email']) || (verdict.autoVerifyPhone && !attributes['phone_number']);
  if (verifiesNothing) {
    throw unrecognizableOutput();
  }
  return verdict;
}
