import type { INestApplication } from '@nestjs/common';
import type { LocalCognito } from 'mandate/testing';

import { createApp } from '../src/create-app.js';
import { environmentOf, startEmbeddedCognito } from '../src/embedded-cognito.js';
import { authenticatorCode } from '../../../test/support/authenticator-app.js';
import { Browser, challengeOf, PASSWORD } from './browser.js';

const MINUTE = 60_000;

describe('the MFA and devices sample', () => {
  let cognito: LocalCognito;
  let apps: INestApplication[];
  // Behind the system clock, so that it can advance within the lifetime of a token.
  let now = Date.now() - 30 * MINUTE;
  let people = 0;

  beforeAll(async () => {
    cognito = await startEmbeddedCognito({ clock: () => now });
    Object.assign(process.env, environmentOf(cognito));
    apps = [await createApp(), await createApp()];
    await Promise.all(apps.map((app) => app.init()));
  });

  afterAll(async () => {
    await Promise.all(apps.map((app) => app.close()));
    await cognito.stop();
  });

  const codeSentTo = (to: string) => cognito.outbox.latest({ to })?.code;
  /** A code is valid once, so this returns the code of the next half minute. */
  const nextCode = (otpauthUri: string) => authenticatorCode(otpauthUri, (now += MINUTE / 2));

  /** A new user who has signed up and signed in once. */
  const newcomer = async (): Promise<Browser & { readonly email: string; readonly phone: string }> => {
    const username = `user-${String(++people)}`;
    const email = `${username}@example.com`;
    const phone = `+1555555${String(1000 + people)}`;
    const browser = Object.assign(new Browser(username, apps), { email, phone });
    const attributes = { email, phone_number: phone };
    await browser.send('post', '/auth/register', { username, password: PASSWORD, attributes }).expect(201);
    await browser.send('post', '/auth/confirm', { username, code: codeSentTo(email) }).expect(204);
    expect(await browser.signIn()).toMatchObject({ status: 'AUTHENTICATED' });
    return browser;
  };

  describe('an authenticator app', () => {
    it('is set up with a QR code and required at the next sign-in', async () => {
      const ann = await newcomer();
      const otpauthUri = await ann.setUpAuthenticatorApp(nextCode);
      expect(otpauthUri).toMatch(
        new RegExp(`^otpauth://totp/Mandate%20sample:${ann.username}\\?secret=[A-Z2-7]+&issuer=Mandate(%20|\\+)sample`),
      );
      const { body } = await ann.send('get', '/mfa').expect(200);
      expect(body).toMatchObject({ mfa: ['SOFTWARE_TOKEN_MFA'], preferredMfa: 'SOFTWARE_TOKEN_MFA' });

      const challenge = await ann.challenge();
      expect(challenge.name).toBe('SOFTWARE_TOKEN_MFA');
      expect(await ann.respond(challenge, { code: nextCode(otpauthUri) })).toMatchObject({ status: 'AUTHENTICATED' });
      await ann.send('get', '/mfa').expect(200);
    });

    it('rejects a wrong code, and the challenge can be answered again', async () => {
      const ann = await newcomer();
      const otpauthUri = await ann.setUpAuthenticatorApp(nextCode);
      const challenge = await ann.challenge();
      const right = nextCode(otpauthUri);
      const wrong = right === '000000' ? '000001' : '000000';
      const refused = await ann.send('post', '/auth/respond', { challenge, answer: { code: wrong } });
      expect([refused.status, refused.body.code]).toEqual([400, 'CODE_MISMATCH']);
      expect(await ann.respond(challenge, { code: right })).toMatchObject({ status: 'AUTHENTICATED' });
    });

    it('cannot be set up with a wrong first code', async () => {
      const ann = await newcomer();
      await ann.send('post', '/mfa/software-token').expect(201);
      const { status, body } = await ann.send('post', '/mfa/software-token/verify', { code: '000000' });
      expect([status, body.code]).toEqual([400, 'SOFTWARE_TOKEN_NOT_ENABLED']);
      expect(await ann.signIn()).toMatchObject({ status: 'AUTHENTICATED' });
    });
  });

  describe('codes', () => {
    it.each([
      ['SMS', 'sms', 'SMS_MFA', 'phone'],
      ['e-mail', 'email', 'EMAIL_OTP', 'email'],
    ] as const)('come by %s', async (_, factor, name, address) => {
      const ann = await newcomer();
      await ann.send('put', '/mfa/preference', { [factor]: { enabled: true } }).expect(204);
      const challenge = await ann.challenge();
      expect(challenge).toMatchObject({ name, parameters: { destination: expect.stringContaining('*') as string } });
      const outcome = await ann.respond(challenge, { code: codeSentTo(ann[address]) });
      expect(outcome).toMatchObject({ status: 'AUTHENTICATED' });
    });

    it('are sent where the user chooses', async () => {
      const ann = await newcomer();
      await ann.setUpAuthenticatorApp(nextCode);
      const preference = { sms: { enabled: true }, softwareToken: { enabled: true, preferred: false } };
      await ann.send('put', '/mfa/preference', preference).expect(204);
      const choice = await ann.challenge();
      expect(choice).toMatchObject({
        name: 'SELECT_MFA_TYPE',
        parameters: { choices: expect.arrayContaining(['SMS_MFA', 'SOFTWARE_TOKEN_MFA']) as string[] },
      });
      const bySms = challengeOf(await ann.respond(choice, { mfaType: 'SMS_MFA' }));
      expect(bySms.name).toBe('SMS_MFA');
      expect(await ann.respond(bySms, { code: codeSentTo(ann.phone) })).toMatchObject({ status: 'AUTHENTICATED' });
    });
  });

  describe('a device', () => {
    /** A user who signed in with an authenticator app, at a remembered browser. */
    const atRememberedBrowser = async () => {
      const ann = await newcomer();
      const otpauthUri = await ann.setUpAuthenticatorApp(nextCode);
      await ann.respond(await ann.challenge(), { code: nextCode(otpauthUri) });
      return { ann, otpauthUri, setCookie: await ann.remember() };
    };

    it('is remembered with a cookie that only the browser and this application can use', async () => {
      const { setCookie } = await atRememberedBrowser();
      for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Strict', 'Max-Age=31536000']) {
        expect(setCookie.split('; ')).toContain(attribute);
      }
      expect(decodeURIComponent(setCookie)).toMatch(/^device=s:/);
    });

    it('replaces the second factor from then on, at every instance', async () => {
      const { ann } = await atRememberedBrowser();
      const deviceKey = ann.newDevice?.key;
      const again = await ann.signIn();
      expect(again).toMatchObject({ status: 'AUTHENTICATED' });
      expect(again).not.toHaveProperty('newDevice');

      const { body } = await ann.send('get', '/devices', undefined, 1).expect(200);
      const named = { key: deviceKey, name: 'laptop', remembered: true };
      expect(body).toEqual(expect.arrayContaining([expect.objectContaining(named)]));
    });

    it('does not count without its cookie, with a changed one or for another user', async () => {
      const { ann } = await atRememberedBrowser();
      const { cookie = '' } = ann;
      const { ann: other } = await atRememberedBrowser();
      const tampered = cookie.replace('user-', 'user_');
      expect(tampered).not.toBe(cookie);
      for (const useless of [undefined, tampered, other.cookie]) {
        ann.cookie = useless;
        expect((await ann.challenge()).name).toBe('SOFTWARE_TOKEN_MFA');
      }
      ann.cookie = cookie;
      expect(await ann.signIn()).toMatchObject({ status: 'AUTHENTICATED' });
    });

    it('is forgotten, together with its cookie', async () => {
      const { ann, otpauthUri } = await atRememberedBrowser();
      const deviceKey = String(ann.newDevice?.key);
      const forgotten = await ann.send('delete', `/devices/${deviceKey}`).expect(204);
      expect(forgotten.get('Set-Cookie')).toEqual([expect.stringMatching(/^device=;.* Expires=Thu, 01 Jan 1970/)]);
      expect((await ann.send('get', '/devices')).body).not.toContainEqual(expect.objectContaining({ key: deviceKey }));

      // Another browser cannot delete the cookie. This browser loses it at the next sign-in.
      const comeback = await ann.send('post', '/auth/authenticate', { username: ann.username, password: PASSWORD });
      expect(comeback.body).toMatchObject({ status: 'CHALLENGE', forgottenDeviceKey: deviceKey });
      expect(comeback.get('Set-Cookie')).toEqual([expect.stringMatching(/^device=;/)]);
      const outcome = await ann.respond(comeback.body.challenge, { code: nextCode(otpauthUri) });
      expect(outcome).toMatchObject({ status: 'AUTHENTICATED', newDevice: { key: expect.any(String) as string } });
    });

    it('cannot be forgotten by another user', async () => {
      const { ann } = await atRememberedBrowser();
      const stranger = await newcomer();
      const { status, body } = await stranger.send('delete', `/devices/${String(ann.newDevice?.key)}`);
      expect([status, body.code]).toEqual([404, 'DEVICE_NOT_FOUND']);
      expect(await ann.signIn()).toMatchObject({ status: 'AUTHENTICATED' });
    });
  });

  it('names the invalid field of a body, and rejects calls without a token', async () => {
    const nobody = new Browser('nobody', apps);
    const { status, body } = await nobody.send('post', '/auth/respond', {
      challenge: { name: 'SOFTWARE_TOKEN_MFA', username: 'nobody', session: 'x'.repeat(20) },
      answer: { code: 'abc' },
    });
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining('answer.code')]);
    for (const path of ['/mfa', '/devices']) {
      await nobody.send('get', path).expect(401);
    }
  });
});
