import { totpCode, totpStep } from '../../../../lib/protocol/totp.js';
import type { CredentialCreationOptionsJson } from '../../../../lib/protocol/web-authn.js';
import type { SoftwareAuthenticator } from '../../../support/software-authenticator.js';
import { PASSWORD, type Person } from '../../../user/world.js';
import { answerOf, NO_CONTENT } from './api-case.js';
import type { ApiClient } from './api-client.js';
import type { ApiWorld } from './api-world.js';

/** The code that an authenticator app shows next: each is valid once. */
export function appCode({ world }: ApiWorld, secret: string): string {
  world.pass(30_000);
  return totpCode(secret, totpStep(world.clock()));
}

/** Starts a sign-in with the password. */
export async function withPassword(client: ApiClient, username: string) {
  return client.call('post', 'authenticate', { username, password: PASSWORD });
}

/** Turns second factors on for a user who is signed in. */
export async function setMfa(client: ApiClient, preference: object): Promise<void> {
  expect(answerOf(await client.call('put', 'mfa', preference))).toEqual(NO_CONTENT);
}

/** Sets up an authenticator app for a user who is signed in; returns its secret. */
export async function addApp(world: ApiWorld, client: ApiClient, deviceName?: string): Promise<string> {
  const { body } = await client.call('post', 'mfa/totp');
  const { secretCode } = body as { readonly secretCode: string };
  const verified = await client.call('post', 'mfa/totp/verify', { code: appCode(world, secretCode), deviceName });
  expect(answerOf(verified)).toEqual(NO_CONTENT);
  return secretCode;
}

/** Registers a passkey for a user who is signed in. */
export async function addPasskey(client: ApiClient, authenticator: SoftwareAuthenticator): Promise<void> {
  const started = await client.call('post', 'passkeys/start');
  const credential = authenticator.create(started.body as CredentialCreationOptionsJson);
  expect(answerOf(await client.call('post', 'passkeys/complete', { credential }))).toEqual(NO_CONTENT);
}

/** Signs a user in whose second factor are codes by SMS; returns the answer. */
export async function withSms(world: ApiWorld, client: ApiClient, { login, phone }: Person, more: object = {}) {
  const posed = await client.call('post', 'authenticate', { username: login, password: PASSWORD, ...more });
  const { challenge } = posed.body as { readonly challenge: { readonly name: string } };
  expect(challenge.name).toBe('SMS_MFA');
  return client.respond({ ...challenge }, { code: world.world.code(phone) }, more);
}
