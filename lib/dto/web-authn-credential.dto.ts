import { BASE64URL, WORD } from './constraints.js';
import { ChoiceField, IntegerField, ObjectField, TextField, TextListField } from './field.decorators.js';
import { NestedField } from './nested-field.decorators.js';

/** What both kinds of browser answers hold (WebAuthn level 3, section 5.1). */
class PublicKeyCredentialDto {
  @TextField(BASE64URL, { description: "The credential's id." })
  declare id: string;

  @TextField(BASE64URL, { description: 'The id once more.' })
  declare rawId: string;

  @ChoiceField(['public-key'], { description: 'The type of credential.' })
  declare type: string;

  @ObjectField({ description: 'What client extensions gave.', optional: true })
  declare clientExtensionResults?: object;

  @TextField(WORD, { description: 'How the authenticator is attached.', optional: true, nullable: true })
  declare authenticatorAttachment?: string | null;
}

/** An authenticator's answer to a registration (AuthenticatorAttestationResponseJSON). */
export class AttestationResponseDto {
  @TextField(BASE64URL, { description: 'What the browser saw.' })
  declare clientDataJSON: string;

  @TextField(BASE64URL, { description: 'The new public key and where it comes from.' })
  declare attestationObject: string;

  @TextListField(WORD, { description: 'How the authenticator can be reached.', optional: true }, 0)
  declare transports?: string[];

  @TextField(BASE64URL, { description: "The authenticator's data.", optional: true })
  declare authenticatorData?: string;

  @TextField(BASE64URL, { description: 'The new public key.', optional: true })
  declare publicKey?: string;

  @IntegerField({ description: "The public key's algorithm, by its COSE number.", example: -7, optional: true })
  declare publicKeyAlgorithm?: number;
}

/** What `navigator.credentials.create()` gave, as JSON (RegistrationResponseJSON). */
export class CredentialRegistrationDto extends PublicKeyCredentialDto {
  @NestedField(() => AttestationResponseDto, { description: "The authenticator's answer." })
  declare response: AttestationResponseDto;
}

/** An authenticator's answer to a sign-in (AuthenticatorAssertionResponseJSON). */
export class AssertionResponseDto {
  @TextField(BASE64URL, { description: 'What the browser saw.' })
  declare clientDataJSON: string;

  @TextField(BASE64URL, { description: "The authenticator's data." })
  declare authenticatorData: string;

  @TextField(BASE64URL, { description: 'The signature over both.' })
  declare signature: string;

  @TextField(BASE64URL, { description: "The user's id at the pool.", optional: true, nullable: true })
  declare userHandle?: string | null;
}

/** What `navigator.credentials.get()` gave, as JSON (AuthenticationResponseJSON). */
export class CredentialAssertionDto extends PublicKeyCredentialDto {
  @NestedField(() => AssertionResponseDto, { description: "The authenticator's answer." })
  declare response: AssertionResponseDto;
}
