import {
  type CognitoIdentityProviderClient,
  CompleteWebAuthnRegistrationCommand,
  InitiateAuthCommand,
  StartWebAuthnRegistrationCommand,
} from '@aws-sdk/client-cognito-identity-provider';

import type { CredentialCreationOptionsJson } from '../../lib/protocol/web-authn.js';
import type { LocalPoolOptions } from '../../lib/testing/index.js';
import type { SoftwareAuthenticator } from '../support/software-authenticator.js';

/** A pool that allows every first factor, with passkeys of http://localhost. */
export const CHOICE_POOL: Pick<LocalPoolOptions, 'Policies' | 'webAuthn'> = {
  Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'] } },
  webAuthn: { RelyingPartyId: 'localhost' },
};

/** Signs in with a password and returns the access token. */
export async function passwordToken(
  sdk: CognitoIdentityProviderClient,
  clientId: string,
  username: string,
  password: string,
): Promise<string> {
  const { AuthenticationResult } = await sdk.send(
    new InitiateAuthCommand({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: clientId,
      AuthParameters: { USERNAME: username, PASSWORD: password },
    }),
  );
  return AuthenticationResult?.AccessToken ?? '';
}

/** Starts a registration. Returns the options for `navigator.credentials.create()`. */
export async function startPasskey(
  sdk: CognitoIdentityProviderClient,
  accessToken: string,
): Promise<CredentialCreationOptionsJson> {
  const { CredentialCreationOptions } = await sdk.send(
    new StartWebAuthnRegistrationCommand({ AccessToken: accessToken }),
  );
  return CredentialCreationOptions as unknown as CredentialCreationOptionsJson;
}

/** Registers a passkey. */
export async function registerPasskey(
  sdk: CognitoIdentityProviderClient,
  accessToken: string,
  authenticator: SoftwareAuthenticator,
): Promise<void> {
  const options = await startPasskey(sdk, accessToken);
  await sdk.send(
    new CompleteWebAuthnRegistrationCommand({ AccessToken: accessToken, Credential: authenticator.create(options) }),
  );
}
