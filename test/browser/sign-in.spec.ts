import type { GivenAnswer, PosedChallenge, SignInOptions } from 'mandate/browser';
import type { UserAttributes } from 'mandate';

import { authenticated, FakeApi, OFFLINE, problem, SIGNED_IN } from './support/fake-api.js';
import { Tabs } from './support/tabs.js';

type Asked = PosedChallenge<UserAttributes>;

const ANN = { username: 'ann', password: 'pa55word' };
const shown = (name: string, parameters: object = {}) => ({
  body: { status: 'CHALLENGE', challenge: { name, parameters } },
});
const posed = (name: string, session: string) => ({ name, username: 'ann', session, parameters: {} });

/** Answers as a user does, and remembers what was asked. */
function user(asked: Asked[]): SignInOptions['onChallenge'] {
  return (challenge): GivenAnswer<UserAttributes> | undefined => {
    asked.push(challenge);
    switch (challenge.name) {
      case 'NEW_PASSWORD_REQUIRED':
        return challenge.answer({ password: 'new', attributes: { name: 'Ann' } });
      case 'SELECT_MFA_TYPE':
        return challenge.answer({ mfaType: 'EMAIL_OTP' });
      case 'EMAIL_OTP':
        return challenge.answer({ code: challenge.error ? 'right' : 'wrong' });
      default:
        return undefined;
    }
  };
}

describe('a sign-in', () => {
  const tabs = new Tabs(new FakeApi());
  let api: FakeApi;
  let asked: Asked[];

  beforeEach(() => {
    api = new FakeApi();
    asked = [];
  });

  afterEach(() => {
    tabs.closeAll();
  });

  const cookie = () => tabs.cookie({ fetch: api.fetch }).client;
  const body = () => tabs.body({ fetch: api.fetch }).client;
  const answers = () => api.to('POST respond').map((sent) => sent.body);

  it('needs no answers where nothing is asked', async () => {
    api.on('POST authenticate', SIGNED_IN);
    await expect(cookie().signIn(ANN)).resolves.toEqual(SIGNED_IN.body);
    expect(api.sent).toHaveLength(1);
  });

  it('goes through every challenge, and asks again after a wrong code', async () => {
    api
      .on('POST authenticate', shown('NEW_PASSWORD_REQUIRED', { requiredAttributes: ['name'], userAttributes: {} }))
      .on(
        'POST respond',
        shown('SELECT_MFA_TYPE', { choices: ['EMAIL_OTP'] }),
        shown('EMAIL_OTP'),
        problem(400, 'CODE_MISMATCH'),
        SIGNED_IN,
      );
    await expect(cookie().signIn(ANN, { onChallenge: user(asked) })).resolves.toEqual(SIGNED_IN.body);
    expect(asked.map(({ name, error }) => [name, error?.code])).toEqual([
      ['NEW_PASSWORD_REQUIRED', undefined],
      ['SELECT_MFA_TYPE', undefined],
      ['EMAIL_OTP', undefined],
      ['EMAIL_OTP', 'CODE_MISMATCH'],
    ]);
    expect(answers()).toEqual([
      { name: 'NEW_PASSWORD_REQUIRED', answer: { password: 'new', attributes: { name: 'Ann' } } },
      { name: 'SELECT_MFA_TYPE', answer: { mfaType: 'EMAIL_OTP' } },
      { name: 'EMAIL_OTP', answer: { code: 'wrong' } },
      { name: 'EMAIL_OTP', answer: { code: 'right' } },
    ]);
  });

  it('sends the whole challenge and the device with tokens in bodies', async () => {
    const device = { key: 'k', groupKey: 'g', password: 'p' };
    const challenge = posed('EMAIL_OTP', 's-1');
    api
      .on('POST authenticate', { body: { status: 'CHALLENGE', challenge } })
      .on('POST respond', problem(400, 'CODE_MISMATCH'), authenticated(1));
    const client = body();
    await client.signIn({ ...ANN, device }, { onChallenge: user(asked) });
    expect(answers()).toEqual([
      { challenge, answer: { code: 'wrong' }, device },
      { challenge, answer: { code: 'right' }, device },
    ]);
    await expect(client.accessToken()).resolves.toBe('access-1');
  });

  it.each(['cookie', 'body'] as const)('sets up an authenticator app on the way, with %s', async (delivery) => {
    const [first, next] = [posed('MFA_SETUP', 's-1'), posed('MFA_SETUP', 's-2')];
    const secret = { secretCode: 'ABC', otpauthUri: 'otpauth://totp/x' };
    const isBody = delivery === 'body';
    api
      .on('POST authenticate', isBody ? { body: { status: 'CHALLENGE', challenge: first } } : shown('MFA_SETUP'))
      .on('POST respond/totp', { body: isBody ? { ...secret, challenge: next } : secret })
      .on('POST respond', problem(400, 'SOFTWARE_TOKEN_NOT_ENABLED'), isBody ? authenticated(1) : SIGNED_IN);
    const found: unknown[] = [];
    const onChallenge = async (challenge: Asked) => {
      if (challenge.name !== 'MFA_SETUP') {
        return undefined;
      }
      if (challenge.error === undefined) {
        found.push(await challenge.setUpTotp());
      }
      return challenge.answer({ code: challenge.error ? '2' : '1', deviceName: 'phone' });
    };
    await (isBody ? body() : cookie()).signIn(ANN, { onChallenge });
    expect(found).toEqual([secret]);
    expect(api.to('POST respond/totp').map((sent) => sent.body)).toEqual([isBody ? { challenge: first } : {}]);
    const asked = isBody ? { challenge: next } : { name: 'MFA_SETUP' };
    expect(answers()).toEqual([
      { ...asked, answer: { code: '1', deviceName: 'phone' } },
      { ...asked, answer: { code: '2', deviceName: 'phone' } },
    ]);
  });

  it.each([
    ['SESSION_EXPIRED', problem(401, 'SESSION_EXPIRED')],
    ['SESSION_USED', problem(401, 'SESSION_USED')],
    ['ATTEMPTS_EXCEEDED', problem(429, 'ATTEMPTS_EXCEEDED')],
    ['NETWORK_FAILED', OFFLINE],
  ])('ends with %s, after which no answer is possible', async (code, step) => {
    api.on('POST authenticate', shown('EMAIL_OTP')).on('POST respond', step);
    await expect(cookie().signIn(ANN, { onChallenge: user(asked) })).rejects.toMatchObject({ code });
    expect(asked).toHaveLength(1);
  });

  it('does not go on for ever with a handler that always says the same', async () => {
    api.on('POST authenticate', shown('EMAIL_OTP')).on('POST respond', problem(400, 'CODE_MISMATCH'));
    await expect(cookie().signIn(ANN, { onChallenge: user(asked) })).rejects.toMatchObject({ code: 'CODE_MISMATCH' });
    expect(answers()).toHaveLength(10);
  });

  it.each([{}, { onChallenge: () => undefined }])('names a challenge that nobody answers: %p', async (options) => {
    api.on('POST authenticate', shown('CUSTOM_CHALLENGE', { question: 'colour?' }));
    await expect(cookie().signIn(ANN, options)).rejects.toMatchObject({
      code: 'CHALLENGE_UNANSWERED',
      message: expect.stringContaining('CUSTOM_CHALLENGE'),
    });
  });

  it('says where the browser cannot use the passkey that is asked for', async () => {
    api.on('POST authenticate', shown('WEB_AUTHN', { credentialRequestOptions: { challenge: 'AQ' } }));
    await expect(cookie().signIn(ANN)).rejects.toMatchObject({ code: 'PASSKEY_UNSUPPORTED' });
  });

  it('stops when it is aborted, even while the user thinks', async () => {
    api.on('POST authenticate', shown('EMAIL_OTP'));
    const controller = new AbortController();
    const { signal } = controller;
    const onChallenge = async () => {
      controller.abort();
      return new Promise<never>(() => undefined);
    };
    await expect(cookie().signIn(ANN, { signal, onChallenge })).rejects.toMatchObject({ name: 'AbortError' });
    expect(answers()).toEqual([]);
  });

  it('goes on from a confirmation that signs the user in', async () => {
    api.on('POST confirm', shown('EMAIL_OTP')).on('POST respond', problem(400, 'CODE_MISMATCH'), SIGNED_IN);
    const client = cookie();
    const outcome = await client.confirmSignUp({ username: 'ann', code: '1' });
    if (outcome.status === 'CONFIRMED') {
      throw new Error('The server signs the user in.');
    }
    await expect(client.continueSignIn(outcome, { onChallenge: user(asked) })).resolves.toEqual(SIGNED_IN.body);
  });
});
