import type { CredentialCreationOptionsJson } from '../../protocol/web-authn.js';
import {
  ChoiceMember,
  FlagMember,
  IntegerMember,
  ObjectListMember,
  ObjectMember,
  TextListMember,
  TextMember,
  TimeMember,
} from '../response-field.decorators.js';

import { EXAMPLE } from './example-values.js';

/**
 * A passkey of the user: `Passkey`.
 *
 * @publicApi
 */
export class PasskeyDto {
  @TextMember({ description: 'The id of the passkey.', example: EXAMPLE.credentialId })
  declare readonly credentialId: string;

  @TextMember({ description: 'The name that Cognito gave the passkey.', example: 'Passkey 1' })
  declare readonly name: string;

  @TextMember({ description: 'The domain that the passkey belongs to.', example: 'example.com' })
  declare readonly relyingPartyId: string;

  @TextMember({
    description: 'How the authenticator is attached: `platform` or `cross-platform`.',
    example: 'platform',
    optional: true,
  })
  declare readonly attachment?: string;

  @TextListMember({ description: 'The transports of the authenticator.', example: ['internal', 'hybrid'] })
  declare readonly transports: readonly string[];

  @TimeMember({ description: 'When the passkey was created, in milliseconds since the epoch.' })
  declare readonly createdAt: number;
}

/** PublicKeyCredentialDescriptorJSON. */
export class PasskeyDescriptorDto {
  @TextMember({ description: 'The id of the passkey.', example: EXAMPLE.credentialId })
  declare readonly id: string;

  @ChoiceMember(['public-key'], { description: 'The type of the credential.' })
  declare readonly type: 'public-key';

  @TextListMember({ description: 'The transports of the authenticator.', example: ['internal'], optional: true })
  declare readonly transports?: readonly string[];
}

/** PublicKeyCredentialRpEntity. */
class RelyingPartyDto {
  @TextMember({ description: 'The domain that passkeys belong to.', example: 'example.com', optional: true })
  declare readonly id?: string;

  @TextMember({ description: 'The name of the application.', example: 'Example' })
  declare readonly name: string;
}

/** PublicKeyCredentialUserEntityJSON. */
class PasskeyUserDto {
  @TextMember({ description: 'The user handle, base64url.', example: 'NWE4YzBmN2UtMmQzYi00YzFh' })
  declare readonly id: string;

  @TextMember({ description: 'The username.', example: 'ada' })
  declare readonly name: string;

  @TextMember({ description: 'The name that the browser shows.', example: 'Ada' })
  declare readonly displayName: string;
}

/** PublicKeyCredentialParameters. */
class PasskeyAlgorithmDto {
  @ChoiceMember(['public-key'], { description: 'The type of the credential.' })
  declare readonly type: 'public-key';

  @IntegerMember({ description: 'The COSE algorithm identifier.', example: -7 })
  declare readonly alg: number;
}

/** AuthenticatorSelectionCriteria. */
class AuthenticatorSelectionDto {
  @FlagMember({ description: 'Whether the passkey must be discoverable.', example: true, optional: true })
  declare readonly requireResidentKey?: boolean;

  @TextMember({ description: 'Whether the passkey is discoverable.', example: 'required', optional: true })
  declare readonly residentKey?: string;

  @TextMember({ description: 'Whether the user is verified.', example: 'preferred', optional: true })
  declare readonly userVerification?: string;

  @TextMember({ description: 'How the authenticator is attached.', example: 'platform', optional: true })
  declare readonly authenticatorAttachment?: string;
}

/**
 * The options of `navigator.credentials.create({ publicKey })`, as JSON (PublicKeyCredentialCreationOptionsJSON).
 *
 * @publicApi
 */
export class PasskeyCreationOptionsDto {
  @TextMember({ description: 'The challenge, base64url.', example: EXAMPLE.webAuthnChallenge })
  declare readonly challenge: string;

  @ObjectMember(() => RelyingPartyDto, { description: 'The application.' })
  declare readonly rp: CredentialCreationOptionsJson['rp'];

  @ObjectMember(() => PasskeyUserDto, { description: 'The user.' })
  declare readonly user: CredentialCreationOptionsJson['user'];

  @ObjectListMember(() => PasskeyAlgorithmDto, { description: 'The algorithms that Cognito accepts.' })
  declare readonly pubKeyCredParams: CredentialCreationOptionsJson['pubKeyCredParams'];

  @IntegerMember({ description: 'How long the browser waits, in milliseconds.', example: 60_000, optional: true })
  declare readonly timeout?: number;

  @ObjectListMember(() => PasskeyDescriptorDto, {
    description: 'The passkeys that the user already has.',
    optional: true,
  })
  declare readonly excludeCredentials?: NonNullable<CredentialCreationOptionsJson['excludeCredentials']>;

  @ObjectMember(() => AuthenticatorSelectionDto, { description: 'What the authenticator must offer.', optional: true })
  declare readonly authenticatorSelection?: NonNullable<CredentialCreationOptionsJson['authenticatorSelection']>;

  @TextMember({ description: 'The attestation that is asked for.', example: 'none', optional: true })
  declare readonly attestation?: string;
}

/** PublicKeyCredentialRequestOptionsJSON. */
export class PasskeyRequestOptionsDto {
  @TextMember({ description: 'The challenge, base64url.', example: EXAMPLE.webAuthnChallenge })
  declare readonly challenge: string;

  @IntegerMember({ description: 'How long the browser waits, in milliseconds.', example: 60_000, optional: true })
  declare readonly timeout?: number;

  @TextMember({ description: 'The domain that the passkey belongs to.', example: 'example.com', optional: true })
  declare readonly rpId?: string;

  @ObjectListMember(() => PasskeyDescriptorDto, { description: 'The passkeys of the user.', optional: true })
  declare readonly allowCredentials?: readonly PasskeyDescriptorDto[];

  @TextMember({ description: 'Whether the user is verified.', example: 'preferred', optional: true })
  declare readonly userVerification?: string;
}
