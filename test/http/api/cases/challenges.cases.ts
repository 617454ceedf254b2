import { createUser } from '../support/administrator.js';
import { answerOf, type ApiCase, authenticated, challenged, refusalOf } from '../support/api-case.js';
import type { ApiClient } from '../support/api-client.js';
import { addApp, appCode, setMfa, withPassword } from '../support/factors.js';
import type { ApiWorld } from '../support/api-world.js';
import { PASSWORD, type Person } from '../../../user/world.js';

type Json = Readonly<Record<string, unknown>>;

/** The challenge of an answer. */
function posed({ body }: { readonly body: unknown }): Json {
  return (body as { readonly challenge: Json }).challenge;
}

/** A wrong answer leaves the challenge as it is. */
async function refuses(client: ApiClient, challenge: Json, answer: object, code: string): Promise<void> {
  expect(refusalOf(await client.respond(challenge, answer))).toMatchObject({ code });
}

/** A user who has no second factor yet, and no address to send a code to. */
function withoutAddress({ world }: ApiWorld): Person {
  const person = world.somebody('required');
  world.cognito.pool('required').createUser({ username: person.username, password: PASSWORD });
  return person;
}

/** The challenges of sign-ins with a password. */
export const CHALLENGE_CASES: readonly ApiCase[] = [
  {
    name: 'NEW_PASSWORD_REQUIRED, with a required attribute',
    run: async (world) => {
      const { username, email } = world.world.somebody('family-names');
      await createUser(world, 'family-names', username, { email, nickname: 'Annie' });
      const client = world.client('family-names');
      const asked = await client.call('post', 'authenticate', { username, password: 'Temporary-9' });
      const parameters = {
        requiredAttributes: ['family_name'],
        userAttributes: { nickname: 'Annie', email },
      };
      expect(answerOf(asked)).toEqual(challenged(world, 'NEW_PASSWORD_REQUIRED', parameters));
      const answer = { password: PASSWORD, attributes: { family_name: 'Doe' } };
      await refuses(client, posed(asked), { ...answer, password: 'too weak' }, 'PASSWORD_INVALID');
      expect(answerOf(await client.respond(posed(asked), answer))).toEqual(authenticated(world));
      const me = await client.call('get', 'me');
      expect((me.body as { attributes: object }).attributes).toMatchObject({ nickname: 'Annie', family_name: 'Doe' });
    },
  },
  {
    name: 'SMS_MFA, after a wrong code',
    run: async (world) => {
      const { person, client } = await world.signedIn('optional');
      await setMfa(client, { sms: { enabled: true } });
      const asked = await withPassword(client, person.login);
      expect(answerOf(asked)).toEqual(challenged(world, 'SMS_MFA', { medium: 'SMS' }));
      await refuses(client, posed(asked), { code: '000000' }, 'CODE_MISMATCH');
      const answered = await client.respond(posed(asked), { code: world.world.code(person.phone) });
      expect(answerOf(answered)).toEqual(authenticated(world));
    },
  },
  {
    name: 'EMAIL_OTP as a second factor',
    run: async (world) => {
      const { person, client } = await world.signedIn('optional');
      await setMfa(client, { email: { enabled: true, preferred: true } });
      const asked = await withPassword(client, person.login);
      expect(answerOf(asked)).toEqual(challenged(world, 'EMAIL_OTP', { medium: 'EMAIL' }));
      const answered = await client.respond(posed(asked), { code: world.world.code(person.email) });
      expect(answerOf(answered)).toEqual(authenticated(world));
    },
  },
  {
    name: 'SOFTWARE_TOKEN_MFA, after a wrong code',
    run: async (world) => {
      const { person, client } = await world.signedIn('optional');
      const secret = await addApp(world, client, 'my phone');
      const asked = await withPassword(client, person.login);
      expect(answerOf(asked)).toEqual(challenged(world, 'SOFTWARE_TOKEN_MFA', { deviceName: 'my phone' }));
      await refuses(client, posed(asked), { code: '000000' }, 'CODE_MISMATCH');
      const answered = await client.respond(posed(asked), { code: appCode(world, secret) });
      expect(answerOf(answered)).toEqual(authenticated(world));
    },
  },
  {
    name: 'SELECT_MFA_TYPE',
    run: async (world) => {
      const { person, client } = await world.signedIn('optional');
      await setMfa(client, { sms: { enabled: true }, email: { enabled: true } });
      const asked = await withPassword(client, person.login);
      expect(answerOf(asked)).toEqual(challenged(world, 'SELECT_MFA_TYPE', { choices: ['SMS_MFA', 'EMAIL_OTP'] }));
      const next = await client.respond(posed(asked), { mfaType: 'SMS_MFA' });
      expect(answerOf(next)).toEqual(challenged(world, 'SMS_MFA', { medium: 'SMS' }));
      const answered = await client.respond(posed(next), { code: world.world.code(person.phone) });
      expect(answerOf(answered)).toEqual(authenticated(world));
    },
  },
  {
    name: 'MFA_SETUP by an authenticator app, after a wrong code',
    run: async (world) => {
      const person = withoutAddress(world);
      const client = world.client('required');
      const asked = await withPassword(client, person.username);
      const parameters = { choices: ['SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'] };
      expect(answerOf(asked)).toEqual(challenged(world, 'MFA_SETUP', parameters));
      const setUp = await client.call('post', 'respond/totp', world.isCookie ? {} : { challenge: posed(asked) });
      const text = expect.any(String) as string;
      const challenge = { name: 'MFA_SETUP', username: text, session: text, parameters };
      const shown = { secretCode: text, otpauthUri: expect.stringMatching(/^otpauth:\/\/totp\//) as string };
      expect(answerOf(setUp)).toEqual({ status: 200, body: { ...shown, ...(!world.isCookie && { challenge }) } });
      const { secretCode, challenge: next = posed(asked) } = setUp.body as { secretCode: string; challenge?: Json };
      await refuses(client, next, { code: '000000' }, 'SOFTWARE_TOKEN_NOT_ENABLED');
      const answered = await client.respond(next, { code: appCode(world, secretCode) });
      expect(answerOf(answered)).toEqual(authenticated(world));
    },
  },
  {
    name: 'MFA_SETUP by e-mail',
    run: async (world) => {
      const person = withoutAddress(world);
      const client = world.client('required');
      const asked = await withPassword(client, person.username);
      const next = await client.respond(posed(asked), { email: person.email });
      expect(answerOf(next)).toEqual(challenged(world, 'EMAIL_OTP', { medium: 'EMAIL' }));
      const answered = await client.respond(posed(next), { code: world.world.code(person.email) });
      expect(answerOf(answered)).toEqual(authenticated(world));
    },
  },
  {
    name: 'CUSTOM_CHALLENGE, after a wrong answer (CUSTOM_AUTH)',
    run: async (world) => {
      const { person, client } = world.somebody('custom');
      const asked = await client.call('post', 'authenticate', { username: person.login });
      const parameters = { question: 'What has keys and opens nothing?' };
      expect(answerOf(asked)).toEqual(challenged(world, 'CUSTOM_CHALLENGE', parameters));
      const again = await client.respond(posed(asked), { answer: 'a door' });
      expect(answerOf(again)).toEqual(challenged(world, 'CUSTOM_CHALLENGE', parameters));
      expect(answerOf(await client.respond(posed(again), { answer: 'piano' }))).toEqual(authenticated(world));
    },
  },
  {
    name: 'CUSTOM_CHALLENGE after a password',
    run: async (world) => {
      const { person, client } = world.somebody('custom');
      const asked = await withPassword(client, person.login);
      expect(answerOf(await client.respond(posed(asked), { answer: 'piano' }))).toEqual(authenticated(world));
    },
  },
];
