import type { INestApplication } from '@nestjs/common';
import type { LocalCognito } from 'mandate/testing';

import { createApp } from '../src/create-app.js';
import { environmentOf, startEmbeddedCognito } from '../src/embedded-cognito.js';
import { authenticatorCode } from '../../../test/support/authenticator-app.js';
import { Browser, challengeOf, ORIGIN, PASSWORD } from './browser.js';

const MINUTE = 60_000;
const DEVICE = '__Host-Http-mandate-device';

describe('the MFA and devices sample', () => {
  let cognito: LocalCognito;
  let apps: INestApplication[];
  // Behind the system clock, so that it can advance within the lifetime of a token.
  let now = Date.now() - 30 * MINUTE;
  let people = 0;

  beforeAll(async () => {
    cognito = await startEmbeddedCognito({ clock: () => now });
    Object.assign(process.env, environmentOf(cognito), { ORIGIN });
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
    expect((await browser.send('post', 'register', { username, password: PASSWORD, attributes })).status).toBe(201);
    expect((await browser.send('post', 'confirm', { username, code: codeSentTo(email) })).status).toBe(200);
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
      const { body } = await ann.send('get', 'mfa');
      expect(body).toMatchObject({ mfa: ['SOFTWARE_TOKEN_MFA'], preferredMfa: 'SOFTWARE_TOKEN_MFA' });

      const challenge = await ann.challenge();
      expect(challenge.name).toBe('SOFTWARE_TOKEN_MFA');
      expect(await ann.respond(challenge, { code: nextCode(otpauthUri) })).toMatchObject({ status: 'AUTHENTICATED' });
      expect((await ann.send('get', 'mfa')).status).toBe(200);
    });

    it('rejects a wrong code, and the challenge can be answered again', async () => {
      const ann = await newcomer();
      const otpauthUri = await ann.setUpAuthenticatorApp(nextCode);
      const challenge = await ann.challenge();
      const right = nextCode(otpauthUri);
      const wrong = right === '000000' ? '000001' : '000000';
      const refused = await ann.send('post', 'respond', { name: challenge.name, answer: { code: wrong } });
      expect([refused.status, refused.body.code]).toEqual([400, 'CODE_MISMATCH']);
      expect(await ann.respond(challenge, { code: right })).toMatchObject({ status: 'AUTHENTICATED' });
    });

    it('cannot be set up with a wrong first code', async () => {
      const ann = await newcomer();
      expect((await ann.send('post', 'mfa/totp')).status).toBe(200);
      const { status, body } = await ann.send('post', 'mfa/totp/verify', { code: '000000' });
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
      expect((await ann.send('put', 'mfa', { [factor]: { enabled: true } })).status).toBe(204);
      const challenge = await ann.challenge();
      expect(challenge).toMatchObject({ name, parameters: { destination: expect.stringContaining('*') as string } });
      const outcome = await ann.respond(challenge, { code: codeSentTo(ann[address]) });
      expect(outcome).toMatchObject({ status: 'AUTHENTICATED' });
    });

    it('are sent where the user chooses', async () => {
      const ann = await newcomer();
      await ann.setUpAuthenticatorApp(nextCode);
      const preference = { sms: { enabled: true }, softwareToken: { enabled: true, preferred: false } };
      expect((await ann.send('put', 'mfa', preference)).status).toBe(204);
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
      const { ann, setCookie } = await atRememberedBrowser();
      for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/', `Max-Age=${String(400 * 86_400)}`]) {
        expect(setCookie.split('; ')).toContain(attribute);
      }
      expect(setCookie).toMatch(new RegExp(`^${DEVICE}=[\\w.-]+;`));
      // Sealed, not only signed: whoever reads it learns nothing.
      const content = Buffer.from(setCookie.split(/[=;]/)[1] ?? '', 'base64url').toString('latin1');
      expect(content).not.toContain(ann.username);
    });

    it('replaces the second factor from then on, at every instance', async () => {
      const { ann } = await atRememberedBrowser();
      expect(await ann.signIn()).toMatchObject({ status: 'AUTHENTICATED', isNewDevice: false });
      expect(await ann.deviceKey()).not.toBe('');
    });

    it('does not count without its cookie, with a changed one or for another user', async () => {
      const { ann } = await atRememberedBrowser();
      const cookie = ann.cookies.get(DEVICE) ?? '';
      const { ann: other } = await atRememberedBrowser();
      const middle = Math.floor(cookie.length / 2);
      const tampered = cookie.slice(0, middle) + (cookie[middle] === 'A' ? 'B' : 'A') + cookie.slice(middle + 1);
      for (const useless of ['', tampered, other.cookies.get(DEVICE) ?? '']) {
        ann.cookies.set(DEVICE, useless);
        expect((await ann.challenge()).name).toBe('SOFTWARE_TOKEN_MFA');
      }
      ann.cookies.set(DEVICE, cookie);
      expect(await ann.signIn()).toMatchObject({ status: 'AUTHENTICATED' });
    });

    it('is forgotten, together with its cookie', async () => {
      const { ann } = await atRememberedBrowser();
      const deviceKey = await ann.deviceKey();
      expect((await ann.send('delete', `devices/${deviceKey}`)).status).toBe(204);
      expect(ann.cookies.has(DEVICE)).toBe(false);
      expect((await ann.send('get', 'devices')).body).not.toContainEqual(expect.objectContaining({ key: deviceKey }));
    });

    it('is forgotten from elsewhere: the browser loses its cookie at the next sign-in', async () => {
      const { ann, otpauthUri } = await atRememberedBrowser();
      const elsewhere = new Browser(ann.username, apps);
      await elsewhere.respond(await elsewhere.challenge(), { code: nextCode(otpauthUri) });
      expect((await elsewhere.send('delete', `devices/${await ann.deviceKey()}`)).status).toBe(204);

      expect(ann.cookies.has(DEVICE)).toBe(true);
      const comeback = await ann.challenge();
      expect(ann.cookies.has(DEVICE)).toBe(false);
      const outcome = await ann.respond(comeback, { code: nextCode(otpauthUri) });
      expect(outcome).toMatchObject({ status: 'AUTHENTICATED', isNewDevice: true });
    });

    it('cannot be forgotten by another user', async () => {
      const { ann } = await atRememberedBrowser();
      const stranger = await newcomer();
      const { status, body } = await stranger.send('delete', `devices/${await ann.deviceKey()}`);
      expect([status, body.code]).toEqual([404, 'DEVICE_NOT_FOUND']);
      expect(await ann.signIn()).toMatchObject({ status: 'AUTHENTICATED' });
    });
  });

  it('names the invalid field of a body, and rejects calls of nobody', async () => {
    const nobody = new Browser('nobody', apps);
    const { status, body } = await nobody.send('post', 'respond', {
      name: 'SOFTWARE_TOKEN_MFA',
      answer: { code: 'abc' },
    });
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining('answer.code')]);
    for (const path of ['mfa', 'devices']) {
      expect((await nobody.send('get', path)).status).toBe(401);
    }
  });

  it('accepts an answer only from the browser that was asked', async () => {
    const ann = await newcomer();
    const otpauthUri = await ann.setUpAuthenticatorApp(nextCode);
    const { name } = await ann.challenge();
    const thief = new Browser(ann.username, apps);
    const { status, body } = await thief.send('post', 'respond', { name, answer: { code: nextCode(otpauthUri) } });
    expect([status, body.code]).toEqual([401, 'SESSION_EXPIRED']);
  });
});
