import { Logger } from '@nestjs/common';

import { checksCode, sendsCode } from '../../../../lib/http/api/handlers/hidden-users.js';
import { MandateError } from '../../../../lib/errors/mandate-error.js';
import { ANN, ApiApp, type ApiSettings, EVE } from '../support/api-app.js';
import type { ApiClient } from '../support/api-client.js';

const CHOICE = {
  Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
} as const;

describe('what the auth API hides', () => {
  let api: ApiApp;
  const start = async (settings: ApiSettings) => {
    api = await ApiApp.start({ ...settings, api: { throttle: null, ...settings.api } });
    return api.client();
  };
  const codeOf = async (client: ApiClient, path: string, body: object) => {
    const { status, body: answer } = await client.call('post', path, body);
    return [status, (answer as { code?: string }).code];
  };

  afterEach(async () => {
    jest.restoreAllMocks();
    await api.stop();
  });

  it.each([
    ['LEGACY', 'USER_NOT_FOUND'],
    ['ENABLED', undefined],
  ])(
    'is told with revealUsers, as far as the app client does: PreventUserExistenceErrors %s',
    async (hides, unknown) => {
      const client = await start({ client: { PreventUserExistenceErrors: hides }, api: { revealUsers: true } });
      expect(await codeOf(client, 'register', { ...EVE })).toEqual([409, 'USERNAME_EXISTS']);
      expect((await codeOf(client, 'forgot-password', { username: 'nobody' }))[1]).toBe(unknown);
      expect((await codeOf(client, 'resend-code', { username: 'nobody' }))[1]).toBe(unknown);
      expect(await codeOf(client, 'resend-code', { username: 'eve' })).toEqual([409, 'USER_ALREADY_CONFIRMED']);
      const confirm = { username: 'eve', code: '000000' };
      expect(await codeOf(client, 'confirm', confirm)).toEqual([409, 'USER_ALREADY_CONFIRMED']);
      expect(await codeOf(client, 'confirm-forgot-password', { ...confirm, password: EVE.password })).toEqual([
        400,
        'CODE_EXPIRED',
      ]);
      const { body } = await client.call('post', 'register', ANN);
      expect(body).toEqual({ confirmed: false, userSub: expect.stringMatching(/^[\w-]{36}$/) });
    },
  );

  it.each(['cookie', 'body'] as const)(
    'is no obstacle to who signs up again because the code was lost, with the delivery %s',
    async (delivery) => {
      const client = await start({ delivery, api: { autoSignIn: true }, pool: { ...CHOICE } });
      await client.call('post', 'register', ANN);
      const again = await client.call('post', 'register', ANN);
      expect(again.status).toBe(201);
      await client.call('post', 'resend-code', { username: 'ann' });
      const { session } = again.body as { session?: string };
      const code = api.code('ann@example.com');
      const confirmed = await client.call('post', 'confirm', { username: 'ann', code, ...(session && { session }) });
      expect([confirmed.status, confirmed.body]).toMatchObject([200, { status: 'AUTHENTICATED' }]);
      await api.client().signIn(ANN);
    },
  );

  it('is who has no one-time code to expect', async () => {
    const users = [
      { ...EVE, username: 'confirmed0' },
      { ...EVE, username: 'disabled00', enabled: false },
      { ...EVE, username: 'unverified', attributes: { email: 'u@example.com', email_verified: 'false' } },
    ];
    const client = await start({ pool: { ...CHOICE, users }, api: { flows: ['USER_AUTH'] } });
    const answers: object[] = [];
    for (const username of ['nobody0000', ...users.map((user) => user.username)]) {
      const { status, text, headers } = await client.call('post', 'authenticate', {
        username,
        preferredChallenge: 'EMAIL_OTP',
      });
      answers.push({ status, text, cookie: headers['set-cookie']?.length });
      client.jar.clear();
    }
    const [unknown, ...known] = answers;
    expect(known).toEqual(known.map(() => ({ ...unknown })));
  });

  it.each(['cookie', 'body'] as const)('are destinations, with the delivery %s', async (delivery) => {
    const flows = ['USER_AUTH'] as const;
    const signIn = { username: 'eve', preferredChallenge: 'EMAIL_OTP' };
    const settings = { delivery, pool: { ...CHOICE } };
    const hidden = await start({ ...settings, api: { flows } });
    const bodies = async (client: ApiClient) => {
      const answers = [
        await client.call('post', 'register', ANN),
        await client.call('post', 'resend-code', { username: 'ann' }),
        await client.call('post', 'forgot-password', { username: 'eve' }),
        await client.call('post', 'authenticate', signIn),
      ];
      expect(answers.map(({ status }) => status)).toEqual([201, 202, 202, 200]);
      return answers.map(({ body }) => body as { delivery?: object; challenge?: { parameters: object } });
    };
    const shown = await bodies(hidden);
    expect(JSON.stringify(shown)).not.toMatch(/destination|@e/);
    expect(shown[3]?.challenge?.parameters).toEqual({ medium: 'EMAIL' });
    await api.stop();
    const open = await bodies(await start({ ...settings, api: { flows, showDelivery: true } }));
    const delivered = { destination: expect.stringContaining('@'), medium: 'EMAIL', attribute: 'email' };
    expect(open.slice(0, 3).map((body) => body.delivery)).toEqual([delivered, delivered, delivered]);
    expect(open[3]?.challenge?.parameters).toMatchObject({ destination: 'e***@e***' });
  });
});

describe('a code that Cognito cannot send', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it.each(['CODE_DELIVERY_FAILED', 'EMAIL_LIMIT_EXCEEDED', 'EMAIL_ROLE_INVALID', 'SMS_ROLE_INVALID'] as const)(
    'is in the log and not in the answer: %s',
    async (code) => {
      const logged = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
      const fail = async (): Promise<object> => Promise.reject(new MandateError(code, 'to a***@e***'));
      expect(await sendsCode({ revealUsers: false }, fail)).toBeUndefined();
      expect(logged.mock.calls).toEqual([[`${code}: Cognito could not send a code. The caller was not told.`]]);
      await expect(sendsCode({ revealUsers: true }, fail)).rejects.toMatchObject({ code });
    },
  );

  it.each(['TOO_MANY_REQUESTS', 'COGNITO_UNAVAILABLE', 'PARAMETER_INVALID'] as const)(
    'does not hide what depends on no user: %s',
    async (code) => {
      const fail = async (): Promise<object> => Promise.reject(new MandateError(code as 'TOO_MANY_REQUESTS', 'text'));
      await expect(sendsCode({ revealUsers: false }, fail)).rejects.toMatchObject({ code });
      await expect(checksCode({ revealUsers: false }, fail)).rejects.toMatchObject({ code });
    },
  );
});
