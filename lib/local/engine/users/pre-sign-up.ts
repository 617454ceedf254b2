import type { AppClient } from '../../model/app-client.js';
import type { Pool } from '../../model/pool.js';
import type { PreSignUpEvent } from '../../model/triggers.js';
import type { Environment } from '../environment.js';
import { unrecognizableOutput } from '../triggers/trigger-faults.js';
import type { Attributes } from './attribute-rules.js';

/** A sign-up that PreSignUp may reject. */
export interface SignUpRequest {
  readonly pool: Pool;
  /** Undefined when an administrator creates the user. */
  readonly client?: AppClient | undefined;
  /** The user's later username: where users sign in with an address, their `sub`. */
  readonly username: string;
  /** Include the address that the user signs up with. */
  readonly attributes: Attributes;
  readonly validationData?: Record<string, string> | undefined;
  readonly clientMetadata?: Record<string, string> | undefined;
}

/** The service sends null. The types of AWS Lambda, which handlers are written with, say undefined. */
const ABSENT = null as unknown as undefined;
const NO_AUTO_CONFIRMATION = { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false };

/**
 * Runs PreSignUp.
 *
 * @throws CognitoFault UserLambdaValidationException when the trigger rejects the sign-up,
 *   InvalidLambdaResponseException when it verifies an attribute that the user does not have.
 */
export async function runPreSignUp(
  { triggers }: Pick<Environment, 'triggers'>,
  source: 'SignUp' | 'AdminCreateUser' | 'ExternalProvider',
  request: SignUpRequest,
): Promise<PreSignUpEvent['response']> {
  const { pool, client, username, attributes, validationData, clientMetadata } = request;
  const result = await triggers.run('preSignUp', {
    pool,
    clientId: client?.id,
    userName: username,
    source,
    request: {
      userAttributes: { ...attributes },
      validationData: validationData ?? ABSENT,
      clientMetadata: clientMetadata ?? ABSENT,
    },
    response: NO_AUTO_CONFIRMATION,
  });
  const response = result ?? NO_AUTO_CONFIRMATION;
  const verifiesMissingAttribute =
    (response.autoVerifyEmail && !attributes['email']) || (response.autoVerifyPhone && !attributes['phone_number']);
  if (verifiesMissingAttribute) {
    throw unrecognizableOutput();
  }
  return response;
}
