import type { MFAOptionType } from '@aws-sdk/client-cognito-identity-provider';

import type { Environment } from '../engine/environment.js';
import { changeMfaPreference } from '../engine/mfa/preferences.js';
import { bearerOf } from '../engine/tokens/access-token.js';
import type { User } from '../model/user.js';
import type { OperationTable } from './operation.js';
import { poolAndUser } from './pool-and-user.js';

/** The second factors that a user has turned on. SetUserSettings is the older form and supports SMS only. */
export const mfaPreferenceOperations: OperationTable<
  'SetUserMFAPreference' | 'AdminSetUserMFAPreference' | 'SetUserSettings' | 'AdminSetUserSettings'
> = {
  SetUserMFAPreference: {
    handle: async (environment, { AccessToken, ...request }) => {
      const { user } = await bearerOf(environment, AccessToken);
      changeMfaPreference(user, request);
      return changed(environment, user);
    },
  },
  AdminSetUserMFAPreference: {
    handle: (environment, input) => {
      const { user } = poolAndUser(environment, input);
      changeMfaPreference(user, input);
      return changed(environment, user);
    },
  },
  SetUserSettings: {
    handle: async (environment, { AccessToken, MFAOptions }) => {
      const { user } = await bearerOf(environment, AccessToken);
      switchSms(user, MFAOptions);
      return changed(environment, user);
    },
  },
  AdminSetUserSettings: {
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
