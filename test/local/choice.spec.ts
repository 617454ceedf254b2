import { AdminGetUserCommand, AdminUpdateUserAttributesCommand } from '@aws-sdk/client-cognito-identity-provider';

import { clientSessionKey, createClientKeyPair } from '../../lib/protocol/srp/client.js';
import { srpRealmOfPool } from '../../lib/protocol/srp/identity.js';
import { passwordClaimSignature } from '../../lib/protocol/srp/session-key.js';
import { formatSrpTimestamp } from '../../lib/protocol/srp/timestamp.js';
import { SoftwareAuthenticator } from '../support/software-authenticator.js';
import { type Answer, ChoiceSignIn, claimsOf } from './choice-service.js';
import { type LocalService, startLocalService } from './local-service.js';
import { CHOICE_POOL, passwordToken, registerPasskey } from './passkey-service.js';

const PASSWORD = 'Correct-Horse-9';
const MISMATCH = { name: 'CodeMismatchException', message: 'Invalid code or auth state for the user.' };
const REFUSED = { name: 'NotAuthorizedException', message: 'Incorrect username or password.' };

const ann = {
  username: 'ann',
  password: PASSWORD,
  attributes: { email: 'ann@example.com', phone_number: '+15555550100' },
};
const users = [
  ann,
  { username: 'bob', attributes: { email: 'bob@example.com' } },
  { username: 'cid', password: PASSWORD },
  { username: 'nobody' },
  { username: 'new', password: PASSWORD, attributes: ann.attributes, status: 'FORCE_CHANGE_PASSWORD' as const },
  {
    username: 'early',
    password: PASSWORD,
    attributes: { email: 'early@example.com', email_verified: 'false' },
    status: 'UNCONFIRMED' as const,
  },
  { username: 'off', password: PASSWORD, attributes: ann.attributes, enabled: false },
];

describe('choice-based sign-in', () => {
  let service: LocalService;

  beforeEach(async () => {
    service = await startLocalService({
      pools: [
        {
          name: 'choice',
          ...CHOICE_POOL,
          users,
          clients: [
            { name: 'public' },
            { name: 'secret', secret: true },
            { name: 'quiet', PreventUserExistenceErrors: 'ENABLED' },
            { name: 'no-choice', ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] },
          ],
        },
        { name: 'passwords', users: [ann] },
        { name: 'lite', users: [ann], UserPoolTier: 'LITE' },
      ],
    });
  });

  afterEach(() => service.stop());

  function signIn(username: string, { client = 'public', pool = 'choice' } = {}): ChoiceSignIn {
    return new ChoiceSignIn(service.sdk, service.cognito.pool(pool).client(client), username);
  }

  function tokenFor(username: string): Promise<string> {
    return passwordToken(service.sdk, service.cognito.pool('choice').client('public').id, username, PASSWORD);
  }

  function code(to: string): string {
    return service.cognito.outbox.latest({ to, kind: 'Authentication' })?.code ?? '';
  }

  describe('without a preference', () => {
    it.each([
      ['ann', ['PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP', 'SMS_OTP']],
      ['bob', ['EMAIL_OTP']],
      ['cid', ['PASSWORD_SRP', 'PASSWORD']],
      ['new', ['PASSWORD_SRP', 'PASSWORD']],
    ])('offers %s the allowed factors that the user has', async (username, offered) => {
      expect(await signIn(username).start()).toMatchObject({
        ChallengeName: 'SELECT_CHALLENGE',
        AvailableChallenges: offered,
        ChallengeParameters: {},
        Session: expect.stringMatching(/^AYABe/),
      });
    });

    it('offers only passwords in a pool without a sign-in policy', async () => {
      const { AvailableChallenges } = await signIn('ann', { pool: 'passwords' }).start();
      expect(AvailableChallenges).toEqual(['PASSWORD_SRP', 'PASSWORD']);
    });

    it('offers a passkey to a user who has one', async () => {
      await registerPasskey(service.sdk, await tokenFor('cid'), new SoftwareAuthenticator());
      expect((await signIn('cid').start()).AvailableChallenges).toEqual(['PASSWORD_SRP', 'PASSWORD', 'WEB_AUTHN']);
    });

    it('rejects a user without any factor', async () => {
      await expect(signIn('nobody').start()).rejects.toMatchObject(REFUSED);
    });

    it.each([['an unknown user', 'zoe', 'UserNotFoundException', 'User does not exist.']])(
      'rejects %s',
      async (_case, username, name, message) => {
        await expect(signIn(username).start()).rejects.toMatchObject({ name, message });
      },
    );
  });

  it.each([
    [
      'a client that does not allow it',
      { client: 'no-choice' },
      'InvalidParameterException',
      'USER_AUTH flow not enabled for this client',
    ],
    [
      'a pool in the Lite tier',
      { pool: 'lite' },
      'FeatureUnavailableInTierException',
      'The Lite tier does not support USER_AUTH.',
    ],
  ])('is rejected for %s', async (_case, place, name, message) => {
    await expect(signIn('ann', place).start()).rejects.toMatchObject({ name, message });
  });

  it('rejects an unknown preferred challenge', async () => {
    await expect(signIn('ann').start({ PREFERRED_CHALLENGE: 'SMOKE_SIGNAL' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Invalid PREFERRED_CHALLENGE.',
    });
  });

  it('offers a choice if the user does not have the preferred challenge', async () => {
    expect(await signIn('ann').start({ PREFERRED_CHALLENGE: 'WEB_AUTHN' })).toMatchObject({
      ChallengeName: 'SELECT_CHALLENGE',
      AvailableChallenges: ['PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP', 'SMS_OTP'],
    });
  });

  it('rejects an answer that was not offered', async () => {
    const flow = signIn('ann');
    for (const ANSWER of ['WEB_AUTHN', 'SMOKE_SIGNAL']) {
      await expect(flow.answer(await flow.start(), { ANSWER })).rejects.toMatchObject({
        name: 'InvalidParameterException',
        message: 'The selected challenge is not available.',
      });
    }
    await expect(flow.answer(await flow.start(), {})).rejects.toThrow('Missing required parameter ANSWER');
  });

  it('accepts a session once, and only for its challenge', async () => {
    const flow = signIn('ann');
    const choice = await flow.start();
    await flow.answer(choice, { ANSWER: 'PASSWORD' });
    await expect(flow.answer(choice, { ANSWER: 'PASSWORD' })).rejects.toThrow('session can only be used once');
    const asked = await flow.start({ PREFERRED_CHALLENGE: 'PASSWORD' });
    await expect(flow.answer({ ...asked, ChallengeName: 'EMAIL_OTP' }, { EMAIL_OTP_CODE: '1' })).rejects.toThrow(
      'Invalid session for the user.',
    );
    await expect(flow.answer({ ChallengeName: 'SELECT_CHALLENGE' }, { ANSWER: 'PASSWORD' })).rejects.toThrow(
      'Missing required parameter Session',
    );
  });

  describe.each(['public', 'secret'])('with a password through a %s client', (client) => {
    it('signs in at once if the request contains it', async () => {
      const { AuthenticationResult } = await signIn('ann', { client }).start({
        PREFERRED_CHALLENGE: 'PASSWORD',
        PASSWORD,
      });
      expect(AuthenticationResult).toMatchObject({ TokenType: 'Bearer', RefreshToken: expect.any(String) });
    });

    it('asks for it without it', async () => {
      const flow = signIn('ann', { client });
      const challenge = await flow.start({ PREFERRED_CHALLENGE: 'PASSWORD' });
      expect(challenge).toMatchObject({ ChallengeName: 'PASSWORD', ChallengeParameters: {} });
      expect((await flow.answer(challenge, { PASSWORD })).AuthenticationResult).toBeDefined();
    });

    it('accepts it together with the choice', async () => {
      const flow = signIn('ann', { client });
      const { AuthenticationResult } = await flow.answer(await flow.start(), { ANSWER: 'PASSWORD', PASSWORD });
      expect(AuthenticationResult).toBeDefined();
    });

    it('rejects a wrong one', async () => {
      const flow = signIn('ann', { client });
      await expect(flow.start({ PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: 'wrong' })).rejects.toMatchObject(REFUSED);
      const challenge = await flow.start({ PREFERRED_CHALLENGE: 'PASSWORD' });
      await expect(flow.answer(challenge, { PASSWORD: 'wrong' })).rejects.toMatchObject(REFUSED);
    });

    it('verifies it by SRP', async () => {
      const flow = signIn('ann', { client });
      const keyPair = createClientKeyPair();
      const asked = await flow.start({ PREFERRED_CHALLENGE: 'PASSWORD_SRP' });
      expect(asked).toMatchObject({ ChallengeName: 'PASSWORD_SRP' });
      const challenge = await flow.answer(asked, { SRP_A: keyPair.publicHex });
      const { AuthenticationResult } = await flow.answer(challenge, claim(keyPair, challenge, PASSWORD));
      expect(AuthenticationResult).toBeDefined();
    });

    it('verifies it by SRP if the start or the choice contains SRP_A', async () => {
      const flow = signIn('ann', { client });
      const keyPair = createClientKeyPair();
      const first = await flow.start({ PREFERRED_CHALLENGE: 'PASSWORD_SRP', SRP_A: keyPair.publicHex });
      expect((await flow.answer(first, claim(keyPair, first, PASSWORD))).AuthenticationResult).toBeDefined();
      const second = await flow.answer(await flow.start(), { ANSWER: 'PASSWORD_SRP', SRP_A: keyPair.publicHex });
      await expect(flow.answer(second, claim(keyPair, second, 'wrong'))).rejects.toMatchObject(REFUSED);
    });
  });

  describe.each([
    ['EMAIL_OTP', 'ann@example.com', 'EMAIL', 'a***@e***'],
    ['SMS_OTP', '+15555550100', 'SMS', '+*******0100'],
  ])('by %s', (factor, address, medium, destination) => {
    it('sends a code of eight digits and accepts it', async () => {
      const flow = signIn('ann');
      const challenge = await flow.start({ PREFERRED_CHALLENGE: factor });
      expect(challenge).toMatchObject({
        ChallengeName: factor,
        AvailableChallenges: [factor],
        ChallengeParameters: {
          CODE_DELIVERY_DELIVERY_MEDIUM: medium,
          CODE_DELIVERY_DESTINATION: destination,
        },
      });
      expect(code(address)).toMatch(/^\d{8}$/);
      const { AuthenticationResult } = await flow.answer(challenge, { [`${factor}_CODE`]: code(address) });
      expect(claimsOf(AuthenticationResult?.AccessToken)).toMatchObject({ username: 'ann', token_use: 'access' });
    });

    it('accepts the correct code after wrong ones, and locks after five', async () => {
      const flow = signIn('ann');
      const challenge = await flow.start({ PREFERRED_CHALLENGE: factor });
      for (let count = 0; count < 5; count++) {
        await expect(flow.answer(challenge, { [`${factor}_CODE`]: '00000000x' })).rejects.toMatchObject(MISMATCH);
      }
      const right = { [`${factor}_CODE`]: code(address) };
      await expect(flow.answer(challenge, right)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
      const again = await flow.start({ PREFERRED_CHALLENGE: factor });
      service.pass(2000);
      const { AuthenticationResult } = await flow.answer(again, { [`${factor}_CODE`]: code(address) });
      expect(AuthenticationResult).toBeDefined();
    });

    it('rejects an answer without the code, and a late one', async () => {
      const flow = signIn('ann');
      await expect(flow.answer(await flow.start({ PREFERRED_CHALLENGE: factor }), {})).rejects.toThrow(
        `Missing required parameter ${factor}_CODE`,
      );
      const challenge = await flow.start({ PREFERRED_CHALLENGE: factor });
      service.pass(3 * 60_000);
      await expect(flow.answer(challenge, { [`${factor}_CODE`]: code(address) })).rejects.toThrow('session is expired');
    });

    it('rejects the code that went to an address of before', async () => {
      const flow = signIn('ann');
      const challenge = await flow.start({ PREFERRED_CHALLENGE: factor });
      await service.sdk.send(
        new AdminUpdateUserAttributesCommand({
          UserPoolId: service.cognito.pool('choice').id,
          Username: 'ann',
          UserAttributes: [
            { Name: 'email', Value: 'other@example.com' },
            { Name: 'phone_number', Value: '+15555550199' },
          ],
        }),
      );
      await expect(flow.answer(challenge, { [`${factor}_CODE`]: code(address) })).rejects.toMatchObject(MISMATCH);
    });

    it('rejects a disabled user', async () => {
      await expect(signIn('off').start({ PREFERRED_CHALLENGE: factor })).rejects.toThrow('User is disabled.');
    });
  });

  it('confirms the sign-up and verifies the address of a user who answers a code', async () => {
    const flow = signIn('early');
    const challenge = await flow.start({ PREFERRED_CHALLENGE: 'EMAIL_OTP' });
    await flow.answer(challenge, { EMAIL_OTP_CODE: code('early@example.com') });
    const { UserStatus, UserAttributes } = await service.sdk.send(
      new AdminGetUserCommand({ UserPoolId: service.cognito.pool().id, Username: 'early' }),
    );
    expect(UserStatus).toBe('CONFIRMED');
    expect(UserAttributes).toContainEqual({ Name: 'email_verified', Value: 'true' });
  });

  it('requires a new password from a user that an administrator created', async () => {
    const challenge = await signIn('new').start({ PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD });
    expect(challenge).toMatchObject({ ChallengeName: 'NEW_PASSWORD_REQUIRED' });
  });

  function claim(keyPair: ReturnType<typeof createClientKeyPair>, { ChallengeParameters }: Answer, password: string) {
    const { SALT = '', SRP_B = '', SECRET_BLOCK = '', USER_ID_FOR_SRP = '' } = ChallengeParameters ?? {};
    const identity = { realm: srpRealmOfPool(service.cognito.pool('choice').id), userId: USER_ID_FOR_SRP };
    const key = clientSessionKey(keyPair, { serverPublicHex: SRP_B, saltHex: SALT }, identity, password);
    const TIMESTAMP = formatSrpTimestamp(new Date());
    return {
      USERNAME: USER_ID_FOR_SRP,
      PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
      PASSWORD_CLAIM_SIGNATURE: passwordClaimSignature(key, identity, SECRET_BLOCK, TIMESTAMP),
      TIMESTAMP,
    };
  }

  describe('if the client hides which users exist', () => {
    const quiet = { client: 'quiet' };

    it.each(['zoe', 'off'])('treats %s like a user who has every factor but a passkey', async (username) => {
      const real = await signIn('ann', quiet).start();
      const pretended = await signIn(username, quiet).start();
      expect({ ...pretended, Session: '', $metadata: {} }).toEqual({ ...real, Session: '', $metadata: {} });
    });

    it('rejects a password', async () => {
      const flow = signIn('zoe', quiet);
      await expect(flow.start({ PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD })).rejects.toMatchObject(REFUSED);
      const asked = await flow.start({ PREFERRED_CHALLENGE: 'PASSWORD' });
      await expect(flow.answer(asked, { PASSWORD })).rejects.toMatchObject(REFUSED);
      const chosen = await flow.answer(await flow.start(), { ANSWER: 'PASSWORD' });
      await expect(flow.answer(chosen, { PASSWORD })).rejects.toMatchObject(REFUSED);
    });

    it('rejects an SRP proof', async () => {
      const flow = signIn('zoe', quiet);
      const keyPair = createClientKeyPair();
      const asked = await flow.start({ PREFERRED_CHALLENGE: 'PASSWORD_SRP' });
      const challenge = await flow.answer(asked, { SRP_A: keyPair.publicHex });
      expect(challenge).toMatchObject({ ChallengeName: 'PASSWORD_VERIFIER' });
      await expect(flow.answer(challenge, claim(keyPair, challenge, PASSWORD))).rejects.toMatchObject(REFUSED);
    });

    it.each([
      ['zoe', 'EMAIL_OTP', 'z***@'],
      ['zoe@example.com', 'EMAIL_OTP', 'z***@e***'],
      ['zoe', 'SMS_OTP', '+*******'],
      ['+15555550199', 'SMS_OTP', '+*******0199'],
    ])('pretends to send %s a code by %s', async (username, factor, destination) => {
      const flow = signIn(username, quiet);
      const challenge = await flow.start({ PREFERRED_CHALLENGE: factor });
      expect(challenge).toMatchObject({ ChallengeName: factor, AvailableChallenges: [factor] });
      const shown = challenge.ChallengeParameters?.['CODE_DELIVERY_DESTINATION'];
      expect(shown?.startsWith(destination)).toBe(true);
      const again = await flow.start({ PREFERRED_CHALLENGE: factor });
      expect(again.ChallengeParameters).toEqual(challenge.ChallengeParameters);
      expect(service.cognito.outbox.all()).toEqual([]);
      for (let count = 0; count < 6; count++) {
        await expect(flow.answer(challenge, { [`${factor}_CODE`]: '12345678' })).rejects.toMatchObject(MISMATCH);
      }
    });

    it('offers a choice instead of a passkey', async () => {
      expect(await signIn('zoe', quiet).start({ PREFERRED_CHALLENGE: 'WEB_AUTHN' })).toMatchObject({
        ChallengeName: 'SELECT_CHALLENGE',
      });
    });
  });
});
