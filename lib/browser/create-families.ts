import type { ApiCalls, CallOptions } from './api-calls.js';
import type { ClientDevices, ClientMfa, ClientPasskeys, ClientSessions } from './auth-client-families.js';
import type { AuthDelivery } from './challenges.js';
import { createPasskey, requirePasskeys } from './passkey-ceremonies.js';
import type { SignInCalls } from './sign-in-calls.js';

/** The second factors of the user. */
export function createMfa(calls: ApiCalls, signIn: SignInCalls): ClientMfa<AuthDelivery> {
  return {
    factors: async (options) => calls.call('mfa', options),
    setPreference: async (body, options) => calls.call('setMfa', { ...options, body }),
    associateSoftwareToken: async (challenge, options) =>
      challenge ? signIn.setUpTotp(challenge, options) : calls.call('associateTotp', { ...options, body: {} }),
    verifySoftwareToken: async (body, options) => calls.call('verifyTotp', { ...options, body }),
  };
}

/** The devices of the user. */
export function createDevices(calls: ApiCalls): ClientDevices<AuthDelivery> {
  const update = async (deviceKey: string, remembered: boolean, options?: CallOptions): Promise<void> =>
    calls.call('updateDevice', { ...options, params: { deviceKey }, body: { remembered } });
  return {
    list: async (options) => calls.call('devices', options),
    confirm: async (body, options) => calls.call('confirmDevice', { ...options, body }),
    remember: async ({ deviceKey }, options) => update(deviceKey, true, options),
    doNotRemember: async ({ deviceKey }, options) => update(deviceKey, false, options),
    forget: async ({ deviceKey }, options) => calls.call('forgetDevice', { ...options, params: { deviceKey } }),
  };
}

/** The passkeys of the user. */
export function createPasskeys(calls: ApiCalls): ClientPasskeys {
  const passkeys: ClientPasskeys = {
    list: async (options) => calls.call('passkeys', options),
    register: async (options = {}) => {
      requirePasskeys();
      const credential = await createPasskey(await passkeys.startRegistration(options), options);
      await calls.call('completePasskey', { ...options, body: { credential } });
    },
    startRegistration: async (options) => calls.call('startPasskey', { ...options, body: {} }),
    completeRegistration: async (body, options) => calls.call('completePasskey', { ...options, body }),
    delete: async ({ credentialId }, options) => calls.call('deletePasskey', { ...options, params: { credentialId } }),
  };
  return passkeys;
}

/** The sessions of the user. */
export function createSessions(calls: ApiCalls): ClientSessions {
  return {
    list: async (options) => calls.call('sessions', options),
    revoke: async ({ sessionId, revokeLinked }, options) =>
      calls.call('revokeSession', { ...options, params: { sessionId }, query: { revokeLinked } }),
  };
}
