import { BASE64URL } from './constraints.js';
import { TextField } from './field.decorators.js';
import { NestedField } from './nested-field.decorators.js';
import { CredentialRegistrationDto } from './web-authn-credential.dto.js';

/** The body with the passkey that a browser made: `cognito.passkeys.completeRegistration({ accessToken, ...body })`. */
export class CompletePasskeyDto {
  @NestedField(() => CredentialRegistrationDto, { description: '`navigator.credentials.create()`, as JSON.' })
  declare credential: CredentialRegistrationDto;
}

/** The body, or the path, that names a passkey to remove: `cognito.passkeys.delete({ accessToken, ...body })`. */
export class DeletePasskeyDto {
  @TextField(BASE64URL, { description: "The passkey's id, as the list of passkeys has it." })
  declare credentialId: string;
}
