import { BASE64URL } from './constraints.js';
import { TextField } from './field.decorators.js';
import { NestedField } from './nested-field.decorators.js';
import { CredentialRegistrationDto } from './web-authn-credential.dto.js';

/**
 * Body with a new passkey: `cognito.passkeys.completeRegistration({ accessToken, ...body })`.
 *
 * @publicApi
 */
export class CompletePasskeyDto {
  @NestedField(() => CredentialRegistrationDto, {
    description: 'The result of `navigator.credentials.create()`, as JSON.',
  })
  declare credential: CredentialRegistrationDto;
}

/**
 * Body or path parameters of a request that deletes a passkey: `cognito.passkeys.delete({ accessToken, ...body })`.
 *
 * @publicApi
 */
export class DeletePasskeyDto {
  @TextField(BASE64URL, {
    description: 'The id of the passkey, from the list of passkeys.',
    example: 'KEDetxZcUfinhVi6Za5nZQ',
  })
  declare credentialId: string;
}
