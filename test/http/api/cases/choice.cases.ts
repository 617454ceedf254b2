import { answerOf, type ApiCase, authenticated, challenged, NO_CONTENT, refusalOf } from '../support/api-case.js';
import { addPasskey, withPassword } from '../support/factors.js';
import { SoftwareAuthenticator } from '../../../support/software-authenticator.js';
import { PASSWORD } from '../../../user/world.js';
import type { CredentialRequestOptionsJson } from '../../../../lib/protocol/web-authn.js';

type Json = Readonly<Record<string, unknown>>;

function posed({ body }: { readonly body: unknown }): Json & { readonly parameters: Json } {
  return (body as { readonly challenge: Json & { readonly parameters: Json } }).challenge;
}

/** Sign-ins with a factor that the user chooses, and with other flows that the API accepts. */
export const CHOICE_CASES: readonly ApiCase[] = [
  {
    name: 'SELECT_CHALLENGE, answered with a code by e-mail',
    run: async (world) => {
      const { person, client } = world.somebody('choice');
      const asked = await client.call('post', 'authenticate', { username: person.login });
      const choices = ['PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP', 'SMS_OTP'];
      expect(answerOf(asked)).toEqual(challenged(world, 'SELECT_CHALLENGE', { choices }));
      const next = await client.respond(posed(asked), { factor: 'EMAIL_OTP' });
      expect(answerOf(next)).toEqual(challenged(world, 'EMAIL_OTP', { medium: 'EMAIL' }));
      const answered = await client.respond(posed(next), { code: world.world.code(person.email) });
      expect(answerOf(answered)).toEqual(authenticated(world));
    },
  },
  {
    name: 'SELECT_CHALLENGE, answered with the password by SRP',
    run: async (world) => {
      const { person, client } = world.somebody('choice');
      const asked = await client.call('post', 'authenticate', { username: person.login });
      const answered = await client.respond(posed(asked), { factor: 'PASSWORD_SRP', password: PASSWORD });
      expect(answerOf(answered)).toEqual(authenticated(world));
    },
  },
  ...(['PASSWORD', 'PASSWORD_SRP'] as const).map((factor): ApiCase => ({
    name: `${factor}, posed because it is preferred`,
    run: async (world) => {
      const { person, client } = world.somebody('choice');
      const body = { username: person.login, preferredChallenge: factor };
      const asked = await client.call('post', 'authenticate', body);
      expect(answerOf(asked)).toEqual(challenged(world, factor));
      const wrong = await client.respond(posed(asked), { password: 'Wrong-Horse-9' });
      expect(refusalOf(wrong)).toEqual({ status: 401, code: 'CREDENTIALS_INVALID' });
      const again = await client.call('post', 'authenticate', body);
      expect(answerOf(await client.respond(posed(again), { password: PASSWORD }))).toEqual(authenticated(world));
    },
  })),
  {
    name: 'SMS_OTP as the first factor',
    run: async (world) => {
      const { person, client } = world.somebody('choice');
      const body = { username: person.login, preferredChallenge: 'SMS_OTP' };
      const asked = await client.call('post', 'authenticate', body);
      expect(answerOf(asked)).toEqual(challenged(world, 'SMS_OTP', { medium: 'SMS' }));
      const answered = await client.respond(posed(asked), { code: world.world.code(person.phone) });
      expect(answerOf(answered)).toEqual(authenticated(world));
    },
  },
  ...(['USER_SRP_AUTH', 'USER_PASSWORD_AUTH'] as const).map((flow): ApiCase => ({
    name: `the flow ${flow}, one of several`,
    run: async (world) => {
      const { person, client } = world.somebody('choice');
      const body = { username: person.login, password: PASSWORD, flow };
      expect(answerOf(await client.call('post', 'authenticate', body))).toEqual(authenticated(world));
    },
  })),
  {
    name: 'refuses a flow that the API does not accept',
    run: async (world) => {
      const { person, client } = world.somebody('choice');
      const refused = await client.call('post', 'authenticate', { username: person.login, flow: 'CUSTOM_AUTH' });
      expect(refusalOf(refused)).toEqual({ status: 400, code: 'REQUEST_INVALID' });
    },
  },
  {
    name: 'WEB_AUTHN: registers a passkey, lists it, signs in with it, and deletes it',
    run: async (world) => {
      const { person, client } = world.somebody('choice');
      const signedIn = await client.call('post', 'authenticate', {
        username: person.login,
        password: PASSWORD,
        flow: 'USER_SRP_AUTH',
      });
      expect(signedIn.status).toBe(200);
      const authenticator = new SoftwareAuthenticator();
      await addPasskey(client, authenticator);
      const [credential] = authenticator.credentials;
      const credentialId = credential?.id ?? '';
      const listed = await client.call('get', 'passkeys');
      expect(answerOf(listed)).toEqual({
        status: 200,
        body: [
          {
            credentialId,
            name: expect.any(String) as string,
            relyingPartyId: 'localhost',
            attachment: 'platform',
            transports: ['internal'],
            createdAt: expect.any(Number) as number,
          },
        ],
      });
      const body = { username: person.login, preferredChallenge: 'WEB_AUTHN' };
      const asked = await client.call('post', 'authenticate', body);
      const options = expect.objectContaining({ rpId: 'localhost' }) as object;
      expect(answerOf(asked)).toEqual(challenged(world, 'WEB_AUTHN', { credentialRequestOptions: options }));
      const { credentialRequestOptions } = posed(asked).parameters;
      const assertion = authenticator.get(credentialRequestOptions as CredentialRequestOptionsJson);
      expect(answerOf(await client.respond(posed(asked), { credential: assertion }))).toEqual(authenticated(world));
      expect(answerOf(await client.call('delete', `passkeys/${credentialId}`))).toEqual(NO_CONTENT);
      expect(answerOf(await client.call('get', 'passkeys'))).toEqual({ status: 200, body: [] });
    },
  },
  {
    name: 'answers a password with tokens where the choice is preferred',
    run: async (world) => {
      const { person, client } = world.somebody('choice');
      const asked = await withPassword(client, person.login);
      expect(answerOf(asked)).toEqual(
        challenged(world, 'SELECT_CHALLENGE', { choices: ['PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP', 'SMS_OTP'] }),
      );
    },
  },
];
