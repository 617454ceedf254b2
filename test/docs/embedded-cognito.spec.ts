import { type INestApplication, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { CognitoService, MandateModule } from 'mandate';
import { LocalCognito, MandateTestingModule } from 'mandate/testing';

import {
  CLIENT_OPTIONS,
  COGNITO_OPTIONS,
  GROUP_OPTIONS,
  POOL_OPTIONS,
  PROVIDER_OPTIONS,
  USER_OPTIONS,
} from '../../lib/local/options/known-options.js';
import { OPERATIONS } from '../../lib/local/operations/operation-table.js';
import { PUBLIC_NAMES } from '../public-names.js';
import { membersOf, methodsOf } from './support/declarations.js';
import { codesIn, rowsOf, textOf } from './support/page.js';
import { namesIn } from './support/option-tables.js';

const PAGE = 'reference/embedded-cognito.md';
const OPTIONS = 'lib/local/options/local-cognito.options.ts';

/** Parameters of the AWS API begin with a capital letter; the page does not repeat them. */
const isOwn = (name: string) => /^[a-z]/.test(name);
const names = (known: object) => Object.keys(known);
const declared = (file: string, ...interfaces: string[]) => membersOf(file, ...interfaces).map(({ name }) => name);

describe('docs/reference/embedded-cognito.md', () => {
  it.each([
    ['option of `LocalCognito`', names(COGNITO_OPTIONS)],
    ['option of a pool', names(POOL_OPTIONS).filter(isOwn)],
    ['option of a client', names(CLIENT_OPTIONS).filter(isOwn)],
    ['option of a user', names(USER_OPTIONS)],
    ['option of a group', names(GROUP_OPTIONS)],
    ['option of a provider', names(PROVIDER_OPTIONS)],
    [
      'option of `signToken`',
      [
        ...declared('lib/local/local-pool.ts', 'LocalTokenOptions'),
        ...declared('lib/local/engine/tokens/token-overrides.ts', 'TokenOverrides'),
      ],
    ],
    ['member of a message', declared('lib/local/model/message.ts', 'LocalMessage')],
    ['trigger', declared('lib/local/model/triggers.ts', 'Triggers')],
  ])('has a row for each %s, and no other', (column, expected) => {
    expect(namesIn(PAGE, column).sort()).toEqual([...expected].sort());
  });

  it.each([
    ['LocalCognito', 'lib/local/local-cognito.ts'],
    ['LocalPool', 'lib/local/local-pool.ts'],
    ['Outbox', 'lib/local/outbox.ts'],
  ])('has a row for each method of %s, and no other', (name, file) => {
    const shown = namesIn(PAGE, `method of \`${name}\``).map((code) => code.replace(/\(.*/, ''));
    expect(shown.sort()).toEqual(
      methodsOf(file, name)
        .map((method) => method.name)
        .sort(),
    );
  });

  it.each([
    ['option of `LocalCognito`', declaredMembers('LocalCognitoOptions')],
    ['option of a pool', declaredMembers('LocalPoolOptions')],
    ['option of a client', declaredMembers('LocalClientOptions')],
    ['option of a user', declaredMembers('LocalUserOptions')],
    ['option of a group', declaredMembers('LocalGroupOptions')],
  ])('says which %s is required', (column, members) => {
    const required = members.filter(({ isOptional }) => !isOptional).map(({ name }) => name);
    const rows = rowsWithDefault(column);
    expect(rows.filter(([, given]) => given === 'required').map(([name]) => name)).toEqual(required);
  });

  it('names only classes that the entry exports', () => {
    const exported: readonly string[] = PUBLIC_NAMES['testing/index.ts'];
    expect(namesIn(PAGE, 'class').filter((name) => !exported.includes(name))).toEqual([]);
  });
});

describe('the embedded Cognito', () => {
  let cognito: LocalCognito;
  let app: INestApplication;

  beforeAll(async () => {
    // #region start
    cognito = await LocalCognito.start({
      pools: [
        {
          name: 'users',
          UsernameAttributes: ['email'],
          clients: [
            { name: 'web', secret: true },
            {
              name: 'mobile',
              id: 'mobileclient',
              AccessTokenValidity: 15,
              TokenValidityUnits: { AccessToken: 'minutes' },
            },
          ],
          users: [{ username: 'ann@example.com', password: 'Correct-Horse-9', groups: ['admins'] }],
          // #region trigger
          triggers: {
            preSignUp: (event) => {
              if (!event.request.userAttributes['email']?.endsWith('@example.com')) {
                throw new Error('Only staff may sign up.'); // TRIGGER_REFUSED, with this message
              }
              return event;
            },
          },
          // #endregion
        },
      ],
    });
    const options = cognito.pool('users').moduleOptions({ client: 'web' }); // for MandateModule.forRoot
    // #endregion
    app = await Test.createTestingModule({ imports: [MandateModule.forRoot(options)] })
      .compile()
      .then((module) => module.createNestApplication().init());
  });

  afterAll(async () => {
    await app.close();
    await cognito.stop();
  });

  it('signs tokens as the page shows', async () => {
    // #region token
    const pool = cognito.pool('users');
    const token = await pool.signToken({ username: 'ann@example.com', client: 'web', groups: ['editors'] });
    const expired = await pool.signToken({ username: 'ann@example.com', client: 'web', expiresInSeconds: -1 });
    // #endregion
    const service = app.get(CognitoService);
    expect(await service.verifyToken(token)).toMatchObject({ 'cognito:groups': ['editors'] });
    await expect(service.verifyToken(expired)).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
  });

  it('runs the trigger that the page shows', async () => {
    const signUp = (username: string) =>
      app.get(CognitoService).register({ username, password: 'Correct-Horse-9', attributes: { email: username } });
    await expect(signUp('eve@evil.example')).rejects.toMatchObject({
      code: 'TRIGGER_REFUSED',
      message: 'Only staff may sign up.',
    });
    await signUp('bob@example.com');
    expect(cognito.outbox.latest({ to: 'bob@example.com' })?.code).toMatch(/^\d{6}$/);
  });

  it('has every operation, as the page says', () => {
    expect(textOf(PAGE)).toContain(`All ${Object.keys(OPERATIONS).length} operations work.`);
  });

  it('starts and stops with an application', async () => {
    @Module({
      imports: [
        MandateTestingModule.forRoot({ users: [{ username: 'ann', password: 'Correct-Horse-9' }] }),
        MandateModule.forRootAsync({
          inject: [LocalCognito],
          useFactory: (local: LocalCognito) => local.pool().moduleOptions(),
        }),
      ],
    })
    class AppModule {}
    const module = await Test.createTestingModule({ imports: [AppModule] }).compile();
    const outcome = await module.get(CognitoService).authenticate({ username: 'ann', password: 'Correct-Horse-9' });
    expect(outcome.status).toBe('AUTHENTICATED');
    await module.close();
  });
});

function declaredMembers(name: string) {
  return membersOf(OPTIONS, name);
}

function rowsWithDefault(column: string): (readonly [name: string, given: string])[] {
  return rowsOf(PAGE, column).map(([name, given = '']) => [codesIn(name)[0] ?? '', given] as const);
}
