import { secretHash } from '../../lib/protocol/secret-hash.js';
import type { Challenge } from '../../lib/protocol/challenge.js';
import type { CognitoService } from '../../lib/user/cognito.service.js';
import { FakeService, json } from '../client/fake-service.js';
import { CLIENT_ID, SECRET, serviceFor, TOKENS } from './service-under-test.js';
import { parametersOf, SrpService } from './srp-service.js';

const ALIAS = 'ann@example.com';
const INTERNAL = '3f1c2b9e-0000-4000-8000-00000000abcd';
const PASSWORD = 'Correct-Horse-9';

/** An access token with the part that the client reads. */
const accessToken = (claims: object): string =>
  ['{}', JSON.stringify(claims), 'signature'].map((part) => Buffer.from(part).toString('base64url')).join('.');

describe.each([
  ['a client with a secret', SECRET],
  ['a public client', undefined],
])('%s', (_, clientSecret) => {
  const hashOver = (username: string): string | undefined =>
    clientSecret && secretHash(username, CLIENT_ID, clientSecret);

  let fake: FakeService;
  let service: CognitoService;
  let close: () => void;

  beforeEach(async () => {
    fake = await FakeService.start();
    const made = serviceFor({ endpoint: fake.endpoint, clientSecret });
    service = made.service;
    close = () => {
      made.client.destroy();
    };
  });

  afterEach(async () => {
    close();
    await fake.stop();
  });

  it.each([
    ['SignUp', () => service.register({ username: ALIAS, password: PASSWORD })],
    ['ConfirmSignUp', () => service.confirmSignUp({ username: ALIAS, code: '123456' })],
    ['ResendConfirmationCode', () => service.resendConfirmationCode({ username: ALIAS })],
    ['ForgotPassword', () => service.initiateForgotPassword({ username: ALIAS })],
    ['ConfirmForgotPassword', () => service.confirmForgotPassword({ username: ALIAS, code: '1', password: PASSWORD })],
  ] as const)('hashes the username that %s sends', async (operation, call) => {
    fake.on(operation, json({ UserSub: INTERNAL, UserConfirmed: false }));

    await call();

    expect(fake.sent(operation)[0]).toMatchObject({ ClientId: CLIENT_ID, Username: ALIAS });
    expect(fake.sent(operation)[0]?.['SecretHash']).toBe(hashOver(ALIAS));
  });

  it.each([
    ['the internal name where e-mail is the username', { USERNAME: INTERNAL, USER_ID_FOR_SRP: INTERNAL }, INTERNAL],
    ['USERNAME before USER_ID_FOR_SRP', { USERNAME: 'ann', USER_ID_FOR_SRP: INTERNAL }, 'ann'],
    ['USER_ID_FOR_SRP where there is no USERNAME', { USER_ID_FOR_SRP: INTERNAL }, INTERNAL],
  ])('answers SRP with %s', async (_name, parameters, expected) => {
    const srp = new SrpService({ realm: 'abcdEFGH1', userId: INTERNAL, password: PASSWORD });
    fake.on('InitiateAuth', srp.challenge('PASSWORD_VERIFIER', parameters));
    fake.on('RespondToAuthChallenge', srp.verify(json(TOKENS)));

    await expect(service.authenticate({ username: ALIAS, password: PASSWORD })).resolves.toMatchObject({
      status: 'AUTHENTICATED',
    });

    const [first, second] = fake.requests.map(parametersOf);
    expect([first?.['USERNAME'], first?.['SECRET_HASH']]).toEqual([ALIAS, hashOver(ALIAS)]);
    expect([second?.['USERNAME'], second?.['SECRET_HASH']]).toEqual([expected, hashOver(expected)]);
  });

  it('keeps the returned name through all further challenges', async () => {
    const srp = new SrpService({ realm: 'abcdEFGH1', userId: INTERNAL, password: PASSWORD });
    fake.on('InitiateAuth', srp.challenge('PASSWORD_VERIFIER', { USER_ID_FOR_SRP: INTERNAL }));
    fake.on(
      'RespondToAuthChallenge',
      srp.verify(json({ ChallengeName: 'SOFTWARE_TOKEN_MFA', Session: 'session-1', ChallengeParameters: {} })),
      json(TOKENS),
    );
    const outcome = await service.authenticate({ username: ALIAS, password: PASSWORD });
    const { challenge } = outcome as { challenge: Challenge & { name: 'SOFTWARE_TOKEN_MFA' } };

    await service.respondToChallenge(challenge, { code: '123456' });

    const answer = fake.sent('RespondToAuthChallenge')[1] ?? {};
    expect(answer).toMatchObject({ ChallengeName: 'SOFTWARE_TOKEN_MFA', Session: 'session-1' });
    expect(parametersOf({ body: answer })).toEqual({
      USERNAME: INTERNAL,
      SOFTWARE_TOKEN_MFA_CODE: '123456',
      ...(clientSecret && { SECRET_HASH: hashOver(INTERNAL) }),
    });
  });

  it('renews with the plain secret and no name', async () => {
    fake.on('GetTokensFromRefreshToken', json(TOKENS));

    await service.renewTokens({ refreshToken: 'refresh-1' });

    expect(fake.sent('GetTokensFromRefreshToken')).toEqual([
      { ClientId: CLIENT_ID, RefreshToken: 'refresh-1', ...(clientSecret && { ClientSecret: clientSecret }) },
    ]);
  });

  it.each([
    ['the access token', { accessToken: accessToken({ username: INTERNAL }) }],
    ['the caller', { username: INTERNAL }],
  ])('renews by REFRESH_TOKEN_AUTH with the internal name from %s', async (_name, naming) => {
    fake.on('InitiateAuth', json(TOKENS));

    await service.renewTokens({ refreshToken: 'refresh-1', method: 'REFRESH_TOKEN_AUTH', ...naming });

    expect(parametersOf({ body: fake.sent('InitiateAuth')[0] ?? {} })).toEqual({
      REFRESH_TOKEN: 'refresh-1',
      ...(clientSecret && { SECRET_HASH: hashOver(INTERNAL) }),
    });
  });

  it('revokes with the plain secret', async () => {
    fake.on('RevokeToken', json({}));

    await service.revokeToken('refresh-1');

    expect(fake.sent('RevokeToken')).toEqual([
      { ClientId: CLIENT_ID, Token: 'refresh-1', ...(clientSecret && { ClientSecret: clientSecret }) },
    ]);
  });
});

describe('REFRESH_TOKEN_AUTH of a client with a secret', () => {
  it('is rejected before anything is sent if the internal username is unknown', async () => {
    const fake = await FakeService.start();
    const { service } = serviceFor({ endpoint: fake.endpoint, clientSecret: SECRET });

    const renewal = service.renewTokens({ refreshToken: 'refresh-1', method: 'REFRESH_TOKEN_AUTH' });

    await expect(renewal).rejects.toMatchObject({ code: 'ARGUMENT_INVALID', argument: 'accessToken' });
    expect(fake.requests).toHaveLength(0);
    await fake.stop();
  });
});

describe('a secret that is a function', () => {
  it('is called for each request', async () => {
    const fake = await FakeService.start();
    const secrets = ['secret-1', 'secret-2'];
    const { service, client } = serviceFor({ endpoint: fake.endpoint, clientSecret: () => secrets.shift() ?? '' });
    fake.on('ForgotPassword', json({}));

    await service.initiateForgotPassword({ username: 'ann' });
    await service.initiateForgotPassword({ username: 'ann' });

    expect(fake.sent('ForgotPassword').map((body) => body['SecretHash'])).toEqual([
      secretHash('ann', CLIENT_ID, 'secret-1'),
      secretHash('ann', CLIENT_ID, 'secret-2'),
    ]);
    client.destroy();
    await fake.stop();
  });
});
