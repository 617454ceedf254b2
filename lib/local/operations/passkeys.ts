import { passkeyNotFound } from '../engine/passkeys/passkey-faults.js';
import { completeRegistration, startRegistration } from '../engine/passkeys/registration.js';
import { bearerOf } from '../engine/tokens/access-token.js';
import type { Passkey } from '../model/user.js';
import type { OperationOutput, OperationTable } from './operation.js';
import { pageOf } from './pages.js';

type PasskeyOperation =
  'StartWebAuthnRegistration' | 'CompleteWebAuthnRegistration' | 'ListWebAuthnCredentials' | 'DeleteWebAuthnCredential';

type CreationOptions = OperationOutput<'StartWebAuthnRegistration'>['CredentialCreationOptions'];
type CredentialDescription = NonNullable<OperationOutput<'ListWebAuthnCredentials'>['Credentials']>[number];

const MAX_PASSKEYS = 20;

/** Passkeys of the signed-in user. */
export const passkeyOperations: OperationTable<PasskeyOperation> = {
  StartWebAuthnRegistration: {
    handle: async (environment, { AccessToken }) => ({
      CredentialCreationOptions: startRegistration(
        environment,
        await bearerOf(environment, AccessToken),
      ) as object as CreationOptions,
    }),
  },
  CompleteWebAuthnRegistration: {
    handle: async (environment, { AccessToken, Credential }) => {
      await completeRegistration(environment, await bearerOf(environment, AccessToken), Credential);
      return {};
    },
  },
  ListWebAuthnCredentials: {
    handle: async (environment, { AccessToken, MaxResults, NextToken }) => {
      const { user } = await bearerOf(environment, AccessToken);
      const { items, next } = pageOf(user.passkeys, MaxResults ?? MAX_PASSKEYS, NextToken, {
        keyOf: ({ createdAt, credentialId }) => [createdAt, credentialId],
        binding: user.sub,
      });
      return { Credentials: items.map(description), NextToken: next };
    },
  },
  DeleteWebAuthnCredential: {
    handle: async (environment, { AccessToken, CredentialId }) => {
      const { user } = await bearerOf(environment, AccessToken);
      const index = user.passkeys.findIndex(({ credentialId }) => credentialId === CredentialId);
      if (index < 0) {
        throw passkeyNotFound();
      }
      user.passkeys.splice(index, 1);
      return {};
    },
  },
};

function description(passkey: Passkey): CredentialDescription {
  return {
    CredentialId: passkey.credentialId,
    FriendlyCredentialName: passkey.friendlyName,
    RelyingPartyId: passkey.relyingPartyId,
    ...(passkey.attachment !== undefined && { AuthenticatorAttachment: passkey.attachment }),
    AuthenticatorTransports: passkey.transports,
    CreatedAt: new Date(passkey.createdAt),
  };
}
