import { answerOf, type ApiCase, NO_CONTENT, refusalOf } from '../support/api-case.js';
import { PASSWORD } from '../../../user/world.js';

const TEXT = expect.any(String) as string;

/** What users do with their account. */
export const ACCOUNT_CASES: readonly ApiCase[] = [
  {
    name: 'shows and changes the user',
    run: async (world) => {
      const { person, client } = await world.signedIn('plain');
      const { username, email, phone } = person;
      const attributes = { sub: TEXT, email, email_verified: true, phone_number: phone, phone_number_verified: true };
      const me = await client.call('get', 'me');
      expect(answerOf(me)).toEqual({ status: 200, body: { sub: TEXT, username, attributes, mfa: [] } });
      const changed = { attributes: { nickname: 'Annie', email: `new-${email}` } };
      expect(answerOf(await client.call('patch', 'me', changed))).toEqual({
        status: 200,
        body: { deliveries: [{ attribute: 'email', medium: 'EMAIL', destination: 'n***@e***' }] },
      });
      const code = world.world.code(`new-${email}`);
      expect(answerOf(await client.call('post', 'verification/confirm', { code }))).toEqual(NO_CONTENT);
      const removed = await client.call('patch', 'me', { attributes: { nickname: null } });
      expect(answerOf(removed)).toEqual({ status: 200, body: { deliveries: [] } });
      const after = await client.call('get', 'me');
      expect((after.body as { attributes: object }).attributes).toEqual({ ...attributes, email: `new-${email}` });
    },
  },
  {
    name: 'verifies a phone number',
    run: async (world) => {
      const { person, client } = await world.signedIn('plain');
      const attribute = 'phone_number';
      expect(answerOf(await client.call('post', 'verification', { attribute }))).toEqual({ status: 202, body: {} });
      const code = world.world.code(person.phone);
      const wrong = await client.call('post', 'verification/confirm', { attribute, code: `${code}0` });
      expect(refusalOf(wrong)).toEqual({ status: 400, code: 'CODE_MISMATCH' });
      expect(answerOf(await client.call('post', 'verification/confirm', { attribute, code }))).toEqual(NO_CONTENT);
      const me = await client.call('get', 'me');
      expect((me.body as { attributes: object }).attributes).toMatchObject({ phone_number_verified: true });
    },
  },
  {
    name: 'changes the password',
    run: async (world) => {
      const { person, client } = await world.signedIn('plain');
      const body = { previousPassword: 'Wrong-Horse-9', proposedPassword: 'Another-Horse-7' };
      expect(refusalOf(await client.call('post', 'password', body))).toEqual({
        status: 401,
        code: 'CREDENTIALS_INVALID',
      });
      const right = { ...body, previousPassword: PASSWORD };
      expect(answerOf(await client.call('post', 'password', right))).toEqual(NO_CONTENT);
      await world.client('plain').signIn({ username: person.login, password: 'Another-Horse-7' });
    },
  },
  {
    name: 'deletes the account',
    run: async (world) => {
      const { person, client } = await world.signedIn('plain');
      expect(answerOf(await client.call('delete', 'me'))).toEqual(NO_CONTENT);
      expect(client.jar.size).toBe(0);
      // A bearer token is good until it expires; Cognito finds its user no more.
      const after = world.isCookie ? { status: 401, code: 'TOKEN_MISSING' } : { status: 404, code: 'USER_NOT_FOUND' };
      expect(refusalOf(await client.call('get', 'me'))).toEqual(after);
      const gone = await client.call('post', 'authenticate', { username: person.login, password: PASSWORD });
      expect(refusalOf(gone)).toEqual({ status: 401, code: 'CREDENTIALS_INVALID' });
    },
  },
  {
    name: 'turns second factors on and off',
    run: async (world) => {
      const { person, client } = await world.signedIn('optional');
      const { username } = person;
      const factors = async () => answerOf(await client.call('get', 'mfa'));
      const configured = ['PASSWORD'];
      expect(await factors()).toEqual({ status: 200, body: { username, configured, mfa: [] } });
      const early = await client.call('put', 'mfa', { softwareToken: { enabled: true } });
      expect(refusalOf(early)).toEqual({ status: 409, code: 'MFA_FACTOR_NOT_SET_UP' });
      const set = await client.call('post', 'mfa/totp');
      expect(answerOf(set)).toEqual({
        status: 200,
        body: {
          secretCode: TEXT,
          otpauthUri: expect.stringMatching(
            new RegExp(`^otpauth://totp/Example:${username}\\?.*issuer=Example`),
          ) as string,
        },
      });
      const preference = { sms: { enabled: true }, email: { enabled: true, preferred: true } };
      expect(answerOf(await client.call('put', 'mfa', preference))).toEqual(NO_CONTENT);
      const mfa = ['SMS_MFA', 'EMAIL_OTP'];
      expect(await factors()).toEqual({
        status: 200,
        body: { username, configured, mfa, preferredMfa: 'EMAIL_OTP' },
      });
      expect(answerOf(await client.call('put', 'mfa', { sms: { enabled: false } }))).toEqual(NO_CONTENT);
      expect(await factors()).toMatchObject({ body: { mfa: ['EMAIL_OTP'] } });
    },
  },
];
