import { BASE64URL, WORD } from './constraints.js';
import { ChoiceField, IntegerField, ObjectField, TextField, TextListField } from './field.decorators.js';
import { NestedField } from './nested-field.decorators.js';

/** The members of both kinds of credentials (WebAuthn Level 3, section 5.1). */
class PublicKeyCredentialDto {
  @TextField(BASE64URL, { description: 'The id of the credential.', example: 'KEDetxZcUfinhVi6Za5nZQ' })
  declare id: string;

  @TextField(BASE64URL, { description: 'The id of the credential, again.', example: 'KEDetxZcUfinhVi6Za5nZQ' })
  declare rawId: string;

  @ChoiceField(['public-key'], { description: 'The type of the credential.' })
  declare type: string;

  @ObjectField({ description: 'The results of client extensions.', example: {}, optional: true })
  declare clientExtensionResults?: object;

  @TextField(WORD, {
    description: 'How the authenticator is attached.',
    example: 'platform',
    optional: true,
    nullable: true,
  })
  declare authenticatorAttachment?: string | null;
}

/**
 * The authenticator's response to a registration (AuthenticatorAttestationResponseJSON).
 *
 * @publicApi
 */
export class AttestationResponseDto {
  @TextField(BASE64URL, {
    description: 'The client data that the browser collected.',
    example: 'eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIn0',
  })
  declare clientDataJSON: string;

  @TextField(BASE64URL, {
    description: 'The attestation object, which contains the new public key.',
    example: 'o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YQ',
  })
  declare attestationObject: string;

  @TextListField(
    WORD,
    { description: 'The transports of the authenticator.', example: ['internal'], optional: true },
    0,
  )
  declare transports?: string[];

  @TextField(BASE64URL, {
    description: 'The authenticator data.',
    example: 'SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2M',
    optional: true,
  })
  declare authenticatorData?: string;

  @TextField(BASE64URL, {
    description: 'The new public key.',
    example: 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE',
    optional: true,
  })
  declare publicKey?: string;

  @IntegerField({ description: 'The COSE algorithm identifier of the public key.', example: -7, optional: true })
  declare publicKeyAlgorithm?: number;
}

/**
 * The result of `navigator.credentials.create()`, as JSON (RegistrationResponseJSON).
 *
 * @publicApi
 */
export class CredentialRegistrationDto extends PublicKeyCredentialDto {
  @NestedField(() => AttestationResponseDto, { description: 'The response of the authenticator.' })
  declare response: AttestationResponseDto;
}

/**
 * The authenticator's response to a sign-in (AuthenticatorAssertionResponseJSON).
 *
 * @publicApi
 */
export class AssertionResponseDto {
  @TextField(BASE64URL, {
    description: 'The client data that the browser collected.',
    example: 'eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0',
  })
  declare clientDataJSON: string;

  @TextField(BASE64URL, {
    description: 'The authenticator data.',
    example: 'SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2M',
  })
  declare authenticatorData: string;

  @TextField(BASE64URL, {
    description: 'The signature over the authenticator data and the client data.',
    example: 'MEUCIQDc2lnbmF0dXJlAiBleGFtcGxl',
  })
  declare signature: string;

  @TextField(BASE64URL, {
    description: 'The user handle of the credential.',
    example: 'NWE4YzBmN2UtMmQzYi00YzFh',
    optional: true,
    nullable: true,
  })
  declare userHandle?: string | null;
}

/**
 * The result of `navigator.credentials.get()`, as JSON (AuthenticationResponseJSON).
 *
 * @publicApi
 */
export class CredentialAssertionDto extends PublicKeyCredentialDto {
  @NestedField(() => AssertionResponseDto, { description: 'The response of the authenticator.' })
  declare response: AssertionResponseDto;
}
