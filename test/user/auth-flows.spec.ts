import type { AuthenticationOutcome } from '../../lib/protocol/authentication-outcome.js';
import type { FirstFactor } from '../../lib/protocol/challenge.js';
import type { AccessTokenClaims } from '../../lib/tokens/claims/token-claims.js';
import type { CognitoService } from '../../lib/user/cognito.service.js';
import { SoftwareAuthenticator } from '../support/software-authenticator.js';
import { CHOICE, CUSTOM } from './factor-pools.js';
import { registerPasskey, signIn } from './factors.js';
import { challengeOf, CLIENT_KINDS, PASSWORD, type Person, tokensOf, World } from './world.js';

const WRONG = 'Wrong-Horse-9';
const REFUSED = { code: 'CREDENTIALS_INVALID', status: 401 };
const FACTORS: readonly FirstFactor[] = ['PASSWORD', 'PASSWORD_SRP', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'];

describe.each(CLIENT_KINDS)('flows of a %s client', (kind) => {
  let world: World;
  let custom: CognitoService;
  let choice: CognitoService;
  let passwords: CognitoService;

  beforeAll(async () => {
    world = await World.start([CUSTOM, CHOICE, { name: 'passwords' }]);
    custom = world.services('custom', kind).service;
    choice = world.services('choice', kind).service;
    passwords = world.services('passwords', kind).service;
  });

  afterAll(() => world.stop());

  const resident = (pool: string): Person => world.resident(pool, ({ phone }) => ({ phone_number: phone }));

  describe.each(['USER_SRP_AUTH', 'USER_PASSWORD_AUTH', undefined] as const)('%s', (flow) => {
    it('accepts the right password only', async () => {
      const { login: username } = resident('passwords');
      const authenticate = (password: string) =>
        passwords.authenticate(flow === undefined ? { username, password } : { flow, username, password });

      await expect(authenticate(WRONG)).rejects.toMatchObject(REFUSED);

      const { accessToken } = tokensOf(await authenticate(PASSWORD));
      await expect(passwords.verifyToken(accessToken)).resolves.toMatchObject({ username });
    });
  });

  describe('CUSTOM_AUTH', () => {
    const start = (password?: string) =>
      custom.authenticate({ flow: 'CUSTOM_AUTH', username: resident('custom').login, password });

    it.each([
      ['without SRP', undefined],
      ['with SRP', PASSWORD],
    ])('%s returns tokens for the right answer', async (_, password) => {
      const challenge = challengeOf(await start(password), 'CUSTOM_CHALLENGE');

      tokensOf(await custom.respondToChallenge(challenge, { answer: 'piano' }));
    });

    it('continues after a wrong answer while the pool allows it', async () => {
      const first = challengeOf(await start(), 'CUSTOM_CHALLENGE');

      const second = challengeOf(await custom.respondToChallenge(first, { answer: 'map' }), 'CUSTOM_CHALLENGE');
      expect(second.session).not.toBe(first.session);
      tokensOf(await custom.respondToChallenge(second, { answer: 'piano' }));
    });

    it('fails after too many wrong answers', async () => {
      const first = challengeOf(await start(), 'CUSTOM_CHALLENGE');
      const second = challengeOf(await custom.respondToChallenge(first, { answer: 'map' }), 'CUSTOM_CHALLENGE');

      await expect(custom.respondToChallenge(second, { answer: 'atlas' })).rejects.toMatchObject(REFUSED);
    });

    it('with SRP rejects a wrong password before the first question', async () => {
      await expect(start(WRONG)).rejects.toMatchObject(REFUSED);
    });
  });

  describe('USER_AUTH', () => {
    const factorsOf = async (person: Person): Promise<(outcome: AuthenticationOutcome) => Promise<unknown>> => {
      const authenticator = new SoftwareAuthenticator();
      await registerPasskey(choice, await signIn(choice, person), authenticator);
      return (outcome) => answerFactor(choice, world, person, authenticator, outcome);
    };

    it.each(FACTORS)('by %s, preferred', async (preferredChallenge) => {
      const person = resident('choice');
      const answer = await factorsOf(person);

      const outcome = await choice.authenticate({ flow: 'USER_AUTH', username: person.login, preferredChallenge });

      challengeOf(outcome, preferredChallenge);
      await expect(answer(outcome)).resolves.toMatchObject({ status: 'AUTHENTICATED' });
    });

    it.each(FACTORS)('by %s, selected', async (factor) => {
      const person = resident('choice');
      const answer = await factorsOf(person);
      const asked = await choice.authenticate({ flow: 'USER_AUTH', username: person.login });
      const challenge = challengeOf(asked, 'SELECT_CHALLENGE');
      expect([...challenge.parameters.choices].sort()).toEqual([...FACTORS].sort());

      const selected = factor === 'PASSWORD' || factor === 'PASSWORD_SRP' ? { factor, password: PASSWORD } : { factor };
      const outcome = await choice.respondToChallenge(challenge, selected);

      await expect(answer(outcome)).resolves.toMatchObject({ status: 'AUTHENTICATED' });
    });

    it.each(['PASSWORD', 'PASSWORD_SRP'] as const)(
      'by %s with the password needs no second call',
      async (preferred) => {
        const request = {
          flow: 'USER_AUTH',
          preferredChallenge: preferred,
          username: resident('choice').login,
        } as const;

        tokensOf(await choice.authenticate({ ...request, password: PASSWORD }));
        await expect(choice.authenticate({ ...request, password: WRONG })).rejects.toMatchObject(REFUSED);
      },
    );

    it('offers a choice if the preference is not available', async () => {
      const { login: username } = resident('choice');

      const outcome = await choice.authenticate({ flow: 'USER_AUTH', username, preferredChallenge: 'WEB_AUTHN' });

      expect(challengeOf(outcome, 'SELECT_CHALLENGE').parameters.choices).not.toContain('WEB_AUTHN');
    });

    it('rejects a wrong code and accepts the right one after it', async () => {
      const person = resident('choice');
      const request = { flow: 'USER_AUTH', username: person.login, preferredChallenge: 'EMAIL_OTP' } as const;
      const challenge = challengeOf(await choice.authenticate(request), 'EMAIL_OTP');

      await expect(choice.respondToChallenge(challenge, { code: '00000000x' })).rejects.toMatchObject({
        code: 'CODE_MISMATCH',
      });
      tokensOf(await choice.respondToChallenge(challenge, { code: world.code(person.email) }));
    });
  });

  describe('step-up', () => {
    const acrOf = async (token: string) => ((await choice.verifyToken(token)) as AccessTokenClaims).acr;

    it('reaches the requested level with one more factor', async () => {
      const person = resident('choice');
      const { accessToken } = await signIn(choice, person);
      const request = { flow: 'USER_AUTH', username: person.login, accessToken } as const;

      const outcome = await choice.authenticate({ ...request, targetAcrValues: ['no:such', 'urn:cognito:loa:2'] });
      const challenge = challengeOf(outcome, 'SELECT_CHALLENGE');
      expect([...challenge.parameters.choices].sort()).toEqual(['EMAIL_OTP', 'SMS_OTP']);
      const sent = challengeOf(await choice.respondToChallenge(challenge, { factor: 'EMAIL_OTP' }), 'EMAIL_OTP');
      const stronger = tokensOf(await choice.respondToChallenge(sent, { code: world.code(person.email) }));

      await expect(acrOf(accessToken)).resolves.toBe('urn:cognito:loa:1');
      await expect(acrOf(stronger.accessToken)).resolves.toBe('urn:cognito:loa:3');
    });

    it('asks for the password again once the sign-in is older than maxAgeSeconds', async () => {
      const person = resident('choice');
      const { accessToken } = await signIn(choice, person);
      const request = {
        ...({ flow: 'USER_AUTH', username: person.login, preferredChallenge: 'PASSWORD', password: PASSWORD } as const),
        ...{ accessToken, targetAcrValues: ['urn:cognito:loa:1'], maxAgeSeconds: 60 },
      };

      await expect(choice.authenticate(request)).rejects.toMatchObject({ code: 'ACR_ALREADY_REACHED', status: 409 });
      world.pass(61_000);

      await expect(acrOf(tokensOf(await choice.authenticate(request)).accessToken)).resolves.toBe('urn:cognito:loa:1');
    });
  });

  describe('right after sign-up', () => {
    const confirmed = async (pool: string, cognito: CognitoService) => {
      const { username, email } = world.somebody(pool);
      const { session } = await cognito.register({ username, password: PASSWORD, attributes: { email } });
      return { username, ...(await cognito.confirmSignUp({ username, code: world.code(email), session })) };
    };

    it('signs in with the session of confirmSignUp', async () => {
      const { username, session } = await confirmed('choice', choice);
      expect(session).toBeDefined();

      tokensOf(await choice.authenticate({ flow: 'USER_AUTH', username, session }));
      await expect(choice.authenticate({ flow: 'USER_AUTH', username, session })).rejects.toMatchObject({
        code: 'SESSION_USED',
      });
    });

    it('asks for a password where the pool does not allow codes', async () => {
      const { username, session } = await confirmed('passwords', passwords);

      const outcome = await passwords.authenticate({ flow: 'USER_AUTH', username, session });

      expect(challengeOf(outcome, 'SELECT_CHALLENGE').parameters.choices).toEqual(['PASSWORD_SRP', 'PASSWORD']);
    });
  });
});

/** Answers the first factor that is asked for, if any. */
async function answerFactor(
  cognito: CognitoService,
  world: World,
  { email, phone }: Person,
  authenticator: SoftwareAuthenticator,
  outcome: AuthenticationOutcome,
): Promise<AuthenticationOutcome> {
  if (outcome.status === 'AUTHENTICATED') {
    return outcome;
  }
  const { challenge } = outcome;
  switch (challenge.name) {
    case 'PASSWORD':
    case 'PASSWORD_SRP':
      return cognito.respondToChallenge(challenge, { password: PASSWORD });
    case 'EMAIL_OTP':
      return cognito.respondToChallenge(challenge, { code: world.code(email) });
    case 'SMS_OTP':
      return cognito.respondToChallenge(challenge, { code: world.code(phone) });
    case 'WEB_AUTHN':
      return cognito.respondToChallenge(challenge, {
        credential: authenticator.get(challenge.parameters.credentialRequestOptions),
      });
    default:
      throw new Error(`Expected a first factor, got ${challenge.name}.`);
  }
}
