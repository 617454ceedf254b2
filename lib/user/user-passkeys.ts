import { pages } from '../client/pages.js';
import { requireObject, requireText } from '../errors/require-argument.js';
import { requireMember } from '../protocol/protocol-error.js';
import type { CredentialCreationOptionsJson, CredentialRegistrationJson } from '../protocol/web-authn.js';
import type { OperationInput } from '../client/operations.js';
import type { UserDependencies } from './user-dependencies.js';

/** What the browser answered to a registration. */
export interface CompletePasskeyRequest {
  readonly accessToken: string;
  /** `navigator.credentials.create()`, as JSON. */
  readonly credential: CredentialRegistrationJson;
}

/** One passkey of a user. */
export interface PasskeyRequest {
  readonly accessToken: string;
  readonly credentialId: string;
}

/** A passkey as Cognito lists it. */
export interface Passkey {
  readonly credentialId: string;
  readonly name: string;
  readonly relyingPartyId: string;
  /** `platform` or `cross-platform`. */
  readonly attachment?: string;
  readonly transports: readonly string[];
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** The passkeys of a user. */
export class CognitoPasskeys {
  constructor(private readonly dependencies: Pick<UserDependencies<object>, 'client'>) {}

  /**
   * What the browser needs to make a passkey: `navigator.credentials.create({ publicKey })` (StartWebAuthnRegistration).
   *
   * @throws CognitoServiceError with the code ACCESS_TOKEN_..., PASSKEY_NOT_ENABLED, PASSKEY_NOT_CONFIGURED (the
   *   pool has no relying party) or LIMIT_EXCEEDED.
   */
  async startRegistration(accessToken: string): Promise<CredentialCreationOptionsJson> {
    requireText('accessToken', accessToken);
    const { CredentialCreationOptions } = await this.dependencies.client.send('StartWebAuthnRegistration', {
      AccessToken: accessToken,
    });
    return requireMember(
      'CredentialCreationOptions',
      CredentialCreationOptions,
    ) as unknown as CredentialCreationOptionsJson;
  }

  /**
   * Takes what the browser made (CompleteWebAuthnRegistration).
   *
   * @throws CognitoServiceError with the code ACCESS_TOKEN_..., PASSKEY_CHALLENGE_NOT_FOUND (start again),
   *   PASSKEY_CLIENT_MISMATCH, PASSKEY_CREDENTIAL_UNSUPPORTED, PASSKEY_ORIGIN_REFUSED,
   *   PASSKEY_RELYING_PARTY_MISMATCH, PASSKEY_NOT_ENABLED or LIMIT_EXCEEDED.
   */
  async completeRegistration(request: CompletePasskeyRequest): Promise<void> {
    requireObject('request', request);
    const { accessToken, credential } = request;
    requireText('accessToken', accessToken);
    requireObject('credential', credential);
    await this.dependencies.client.send('CompleteWebAuthnRegistration', {
      AccessToken: accessToken,
      Credential: credential as unknown as OperationInput<'CompleteWebAuthnRegistration'>['Credential'],
    });
  }

  /**
   * All passkeys of the user (ListWebAuthnCredentials).
   *
   * @throws CognitoServiceError with the code ACCESS_TOKEN_... or LIMIT_EXCEEDED, from the iteration.
   */
  async *list(accessToken: string): AsyncGenerator<Passkey, void, undefined> {
    requireText('accessToken', accessToken);
    yield* pages(async (token) => {
      const { Credentials = [], NextToken } = await this.dependencies.client.send('ListWebAuthnCredentials', {
        AccessToken: accessToken,
        MaxResults: 20,
        NextToken: token,
      });
      return { items: Credentials.map(readPasskey), next: NextToken };
    });
  }

  /**
   * Removes a passkey (DeleteWebAuthnCredential).
   *
   * @throws CognitoServiceError with the code ACCESS_TOKEN_..., RESOURCE_NOT_FOUND (no such passkey) or
   *   LIMIT_EXCEEDED.
   */
  async delete(request: PasskeyRequest): Promise<void> {
    requireObject('request', request);
    const { accessToken, credentialId } = request;
    requireText('accessToken', accessToken);
    requireText('credentialId', credentialId);
    await this.dependencies.client.send('DeleteWebAuthnCredential', {
      AccessToken: accessToken,
      CredentialId: credentialId,
    });
  }
}

interface SdkCredential {
  readonly CredentialId: string | undefined;
  readonly FriendlyCredentialName: string | undefined;
  readonly RelyingPartyId: string | undefined;
  readonly AuthenticatorAttachment?: string | undefined;
  readonly AuthenticatorTransports: readonly string[] | undefined;
  readonly CreatedAt: Date | undefined;
}

function readPasskey(credential: SdkCredential): Passkey {
  const { AuthenticatorAttachment: attachment } = credential;
  return {
    credentialId: requireMember('CredentialId', credential.CredentialId),
    name: credential.FriendlyCredentialName ?? '',
    relyingPartyId: credential.RelyingPartyId ?? '',
    ...(attachment !== undefined && { attachment }),
    transports: credential.AuthenticatorTransports ?? [],
    createdAt: requireMember('CreatedAt', credential.CreatedAt).getTime(),
  };
}
