import { inspect } from 'node:util';

import type { INestApplicationContext } from '@nestjs/common';
import { ApplicationConfig, ModuleRef, ModulesContainer } from '@nestjs/core';
import { Test } from '@nestjs/testing';

import { CognitoAdminService, CognitoClient, CognitoService, MandateModule } from '../../lib/index.js';
import { exception, FakeService, json, raw, reset, type Reply } from '../client/fake-service.js';
import { Gate } from '../support/gate.js';
import { CLIENT_ID, POOL_ID, TOKENS } from '../user/service-under-test.js';

const SECRETS = {
  clientSecret: 'client-secret-0123456789',
  secretAccessKey: 'aws-secret-0123456789',
  sessionToken: 'aws-session-0123456789',
  password: 'Password-0123456789',
  newPassword: 'New-Password-0123456789',
  code: 'code-0123456789',
  session: 'session-0123456789-0123456789',
  accessToken: 'access-token-0123456789',
  refreshToken: 'refresh-token-0123456789',
  rotatedToken: 'rotated-token-0123456789',
} as const;
const { clientSecret, secretAccessKey, sessionToken, password, newPassword, code, session } = SECRETS;
const { accessToken, refreshToken, rotatedToken } = SECRETS;

const RENEWED = json({ AuthenticationResult: { ...TOKENS.AuthenticationResult, RefreshToken: rotatedToken } });

/** Everything that a log or a dump may show of a value. */
function dump(value: unknown): string {
  const seen = new WeakSet<object>();
  const asJson = JSON.stringify(value, (_key, member: unknown) => {
    if (typeof member !== 'object' || member === null) {
      return member;
    }
    if (seen.has(member)) {
      return undefined;
    }
    seen.add(member);
    // Structured loggers write the members of errors.
    return member instanceof Error
      ? {
          ...Object.fromEntries(Object.entries(member)),
          name: member.name,
          message: member.message,
          stack: member.stack,
          cause: member.cause,
        }
      : member;
  });
  const options = {
    depth: Infinity,
    showHidden: true,
    maxArrayLength: Infinity,
    maxStringLength: Infinity,
  };
  return `${inspect(value, options)}\n${asJson}`;
}

/** The names of the secrets that a dump shows. */
function shown(value: unknown): string[] {
  const text = dump(value);
  return Object.entries(SECRETS)
    .filter(([, secret]) => text.includes(secret))
    .map(([name]) => name);
}

describe.each(['forRoot', 'forRootAsync'] as const)('a dump of an application with %s', (form) => {
  let fake: FakeService;
  let context: INestApplicationContext;
  let cognito: CognitoService;
  let admin: CognitoAdminService;

  beforeEach(async () => {
    fake = await FakeService.start();
    const options = {
      userPoolId: POOL_ID,
      clientId: CLIENT_ID,
      clientSecret,
      endpoint: fake.endpoint,
      credentials: { accessKeyId: 'AKID', secretAccessKey, sessionToken },
      retry: { maxAttempts: 1 },
    };
    const registration =
      form === 'forRoot'
        ? MandateModule.forRoot(options)
        : MandateModule.forRootAsync({ useFactory: () => Promise.resolve({ ...options }) });
    context = await (await Test.createTestingModule({ imports: [registration] }).compile()).init();
    cognito = context.get(CognitoService);
    admin = context.get(CognitoAdminService);
  });

  afterEach(async () => {
    await context.close();
    await fake.stop();
  });

  /** All providers of the module, exported or not. */
  const providers = (): unknown[] =>
    [...context.get(ModulesContainer).values()]
      .filter(({ metatype }) => metatype === MandateModule)
      .flatMap((module) => [...module.providers.values()].map(({ instance }) => instance))
      // Nest's own, which lead to everything.
      .filter((instance) => !(instance instanceof ModuleRef || instance instanceof ApplicationConfig));

  it('shows no secret while calls are under way', async () => {
    const gate = new Gate();
    const behind: Reply = (response, request) =>
      void gate.pass().then(() => {
        RENEWED(response, request);
      });
    fake
      .on('GetTokensFromRefreshToken', behind)
      .on('InitiateAuth', behind)
      .on('RespondToAuthChallenge', behind)
      .on('AdminGetUser', json({ Username: 'ann', UserAttributes: [] }));
    const tokens = { accessToken, idToken: accessToken, refreshToken, expiresAt: 0, tokenType: 'Bearer' };
    const tokenSession = cognito.withTokens(tokens);
    await admin.getUser('ann');
    const challenge = { name: 'SMS_MFA', username: 'ann', session, parameters: {} } as const;
    const calls = [
      cognito.renewTokens({ refreshToken: `${refreshToken}-2` }),
      tokenSession.renew(),
      cognito.authenticate({ flow: 'USER_PASSWORD_AUTH', username: 'ann', password }),
      cognito.respondToChallenge(challenge, { code }),
    ];
    await gate.reached;

    expect(providers().length).toBeGreaterThan(10);
    expect(shown([providers(), tokenSession])).toEqual([]);
    gate.open();
    await Promise.all(calls);
    expect(shown([providers(), tokenSession])).toEqual([]);
  });

  it.each<[string, Reply]>([
    ['a refusal', exception('NotAuthorizedException', 'Incorrect username or password.')],
    ['a refusal that is unknown', exception('SomethingNewException', 'Never seen before.')],
    ['a fault', exception('InternalErrorException', 'Oops', 500)],
    ['a reset', reset()],
    ['an unreadable answer', raw(`{"AccessToken":"${accessToken}`, 200, 'application/x-amz-json-1.1')],
    ['an unreadable fault', raw(`{"AccessToken":"${accessToken}`, 500, 'application/x-amz-json-1.1')],
    ['an answer without tokens', json({ Session: session, ChallengeName: 'NEW_ONE' })],
    ['an empty answer', json({})],
  ])('shows no secret in the errors after %s', async (_, reply) => {
    const operations = ['GetTokensFromRefreshToken', 'InitiateAuth', 'RespondToAuthChallenge', 'ChangePassword'];
    for (const operation of [...operations, 'SignUp', 'ConfirmForgotPassword', 'RevokeToken', 'AdminSetUserPassword']) {
      fake.on(operation, reply);
    }
    const challenge = { name: 'NEW_PASSWORD_REQUIRED', username: 'ann', session, parameters: {} } as never;

    const outcomes = await Promise.allSettled([
      cognito.renewTokens({ refreshToken }),
      cognito.authenticate({ flow: 'USER_PASSWORD_AUTH', username: 'ann', password }),
      cognito.authenticate({ username: 'ann', password }),
      cognito.respondToChallenge(challenge, { password: newPassword } as never),
      cognito.changePassword({ accessToken, previousPassword: password, proposedPassword: newPassword }),
      cognito.register({ username: 'ann', password }),
      cognito.confirmForgotPassword({ username: 'ann', code, password: newPassword }),
      cognito.revokeToken(refreshToken),
      admin.setPassword({ username: 'ann', password }),
    ]);
    const errors = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));

    expect(errors.length).toBeGreaterThan(3);
    expect(shown(errors)).toEqual([]);
  });

  it('shows no secret in the errors about arguments', async () => {
    const outcomes = await Promise.allSettled([
      cognito.authenticate({ flow: 'NONE', username: 'ann', password } as never),
      cognito.respondToChallenge({ name: 'NONE', session } as never, { code } as never),
      cognito.renewTokens({ refreshToken: [refreshToken] } as never),
      cognito.register({ username: 'ann', password, clientMetadata: { password: 1n } } as never),
      context.get(CognitoClient).send('SignUp', { ClientId: CLIENT_ID, Username: { password }, Password: 1n } as never),
    ]);
    const errors = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));

    expect(errors).toHaveLength(5);
    expect(shown(errors)).toEqual([]);
  });
});
