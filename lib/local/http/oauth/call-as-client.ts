import { namedUser } from '../../engine/oauth/managed-sign-in.js';
import { callOperation } from '../../operations/call-operation.js';
import type { OperationInput, OperationOutput } from '../../operations/operation.js';
import type { PageVisit } from './page-visit.js';

/** The operations of the pages for users who are not signed in. */
type Operation = 'SignUp' | 'ConfirmSignUp' | 'ResendConfirmationCode' | 'ForgotPassword' | 'ConfirmForgotPassword';

/**
 * Calls an operation of the API in the name of the app client, so that the pages obey the same rules.
 *
 * @throws CognitoFault like the operation.
 */
export async function callAsClient<Name extends Operation>(
  { authorization: { client }, environment, browser }: PageVisit,
  name: Name,
  username: string,
  input: Omit<OperationInput<Name>, 'ClientId' | 'SecretHash' | 'Username'>,
): Promise<OperationOutput<Name>> {
  const { SECRET_HASH: hash } = namedUser(client, username);
  const named = { ClientId: client.id, Username: username, ...(hash !== undefined && { SecretHash: hash }) };
  const output = await callOperation(
    name,
    { ...named, ...input },
    {
      environment,
      ...browser,
      region: environment.region,
    },
  );
  return output as OperationOutput<Name>;
}
