import type { MFAOptionType } from '@aws-sdk/client-cognito-identity-provider';

import type { Environment } from '../engine/environment.js';
import { changeMfaPreference } from '../engine/mfa/preferences.js';
import { bearerOf } from '../engine/tokens/access-token.js';
import type { User } from '../model/user.js';
import { BEARER, required, type RequiredMemberRule, STRUCTURE, STRUCTURES } from './member-rules.js';
import type { OperationTable } from './operation.js';
import { POOL_AND_NAME, poolAndUser } from './pool-and-user.js';

const PREFERENCES = {
  SMSMfaSettings: STRUCTURE,
  SoftwareTokenMfaSettings: STRUCTURE,
  EmailMfaSettings: STRUCTURE,
  WebAuthnMfaSettings: STRUCTURE,
};
const OPTIONS: { readonly MFAOptions: RequiredMemberRule } = { MFAOptions: required(STRUCTURES) };

/** The second factors that a user has turned on. SetUserSettings is the older form and supports SMS only. */
export const mfaPreferenceOperations: OperationTable<
  'SetUserMFAPreference' | 'AdminSetUserMFAPreference' | 'SetUserSettings' | 'AdminSetUserSettings'
> = {
  SetUserMFAPreference: {
    members: { ...BEARER, ...PREFERENCES },
    handle: async (environment, { AccessToken, ...request }) => {
      const { user } = await bearerOf(environment, AccessToken);
      changeMfaPreference(user, request);
      return changed(environment, user);
    },
  },
  AdminSetUserMFAPreference: {
    members: { ...POOL_AND_NAME, ...PREFERENCES },
    handle: (environment, input) => {
      const { user } = poolAndUser(environment, input);
      changeMfaPreference(user, input);
      return changed(environment, user);
    },
  },
  SetUserSettings: {
    members: { ...BEARER, ...OPTIONS },
    handle: async (environment, { AccessToken, MFAOptions }) => {
      const { user } = await bearerOf(environment, AccessToken);
      switchSms(user, MFAOptions);
      return changed(environment, user);
    },
  },
  AdminSetUserSettings: {
    members: { ...POOL_AND_NAME, ...OPTIONS },
    handle: (environment, input) => {
      const { user } = poolAndUser(environment, input);
      switchSms(user, input.MFAOptions);
      return changed(environment, user);
    },
  },
};

function switchSms(user: User, options: readonly MFAOptionType[]): void {
  changeMfaPreference(user, {
    SMSMfaSettings: { Enabled: options.some(({ DeliveryMedium }) => DeliveryMedium === 'SMS') },
  });
}

function changed({ clock }: Environment, user: User): object {
  user.modifiedAt = clock();
  return {};
}
