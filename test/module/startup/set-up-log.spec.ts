import { Logger } from '@nestjs/common';
import { Test } from '@nestjs/testing';

import { LocalCognito } from '../../../lib/local/local-cognito.js';
import { MandateModule } from '../../../lib/module/mandate.module.js';
import type { MandateModuleOptions } from '../../../lib/module/options.js';
import { CognitoAdminService } from '../../../lib/admin/cognito-admin.service.js';
import { CognitoService } from '../../../lib/user/cognito.service.js';
import { signingKeysPem } from '../../local/signing-keys.js';

const user = { username: 'ann', password: 'Correct-Horse-9' };
const clients = [
  { name: 'public' },
  { name: 'secret', secret: 'a-secret-of-the-tests-of-the-log'.replaceAll('-', 'x') },
];

describe('a wrong option is explained in the log', () => {
  let cognito: LocalCognito;
  let lines: string[] = [];

  beforeAll(async () => {
    cognito = await LocalCognito.start({
      pools: [
        { name: 'users', keys: signingKeysPem(), users: [user], clients },
        { name: 'others', keys: signingKeysPem() },
      ],
    });
  });
  afterAll(() => cognito.stop());

  beforeEach(() => {
    lines = [];
    for (const level of ['warn', 'error'] as const) {
      jest.spyOn(Logger.prototype, level).mockImplementation((...[text]: unknown[]) => {
        lines.push(`${level} ${String(text)}`);
      });
    }
  });
  afterEach(() => jest.restoreAllMocks());

  const options = (client: string, change: Partial<MandateModuleOptions>): MandateModuleOptions => ({
    ...cognito.pool('users').moduleOptions({ client }),
    ...change,
  });

  /** What a sign-in ends with, twice: the second adds no line. */
  async function signIn(settings: MandateModuleOptions): Promise<unknown> {
    const app = await Test.createTestingModule({ imports: [MandateModule.forRoot(settings)] }).compile();
    const attempt = () =>
      app
        .get(CognitoService)
        .authenticate(user)
        .then(({ status }) => status)
        .catch((error: unknown) => (error as { code: string; status: number }).status);
    const outcomes = [await attempt(), await attempt()];
    await app.close();
    expect(outcomes[1]).toEqual(outcomes[0]);
    return outcomes[0];
  }

  it('nothing is logged if all is well', async () => {
    expect(await signIn(options('secret', {}))).toBe('AUTHENTICATED');
    expect(lines).toEqual([]);
  });

  it.each<[string, string, Partial<MandateModuleOptions>, unknown, readonly string[]]>([
    ['clientId', 'public', { clientId: '3n4b5urk1ft4fl3mg5e62d9ado' }, 500, ['"clientId"', '"region"']],
    ['a missing clientSecret', 'secret', { clientSecret: undefined }, 500, ['Set the option "clientSecret"']],
    ['another clientSecret', 'secret', { clientSecret: 'notTheSecretOfTheClientAtAll' }, 500, ['"clientSecret"']],
    [
      'a superfluous clientSecret',
      'public',
      { clientSecret: 'x'.repeat(30) },
      500,
      ['"clientSecret"', 'not configured for secret'],
    ],
  ])('%s', async (_, client, change, outcome, words) => {
    expect(await signIn(options(client, change))).toBe(outcome);
    expect(lines).toEqual([expect.stringMatching(/^error Pool "default": InitiateAuth: /)]);
    words.forEach((word) => {
      expect(lines[0]).toContain(word);
    });
    expect(lines[0]).not.toContain('notTheSecret');
  });

  it('userPoolId, with which a right password looks wrong', async () => {
    const other = { userPoolId: cognito.pool('others').id, issuer: cognito.pool('others').issuer };
    expect(await signIn(options('public', other))).toBe(401);
    expect(lines).toEqual([expect.stringMatching(/^warn Pool "default": .*check the option "userPoolId"/)]);
  });

  it('userPoolId, from the tokens of a sign-in with the password itself', async () => {
    const { id: userPoolId, issuer } = cognito.pool('others');
    const settings = options('public', { userPoolId, issuer });
    const app = await Test.createTestingModule({ imports: [MandateModule.forRoot(settings)] }).compile();
    await app.get(CognitoService).authenticate({ ...user, flow: 'USER_PASSWORD_AUTH' });
    await app.close();
    expect(lines).toEqual([
      `error Pool "default": The app client of the option "clientId" belongs to the user pool "${cognito.pool('users').id}". Check the option "userPoolId", which is "${userPoolId}".`,
    ]);
  });

  it('but a wrong password after a good sign-in is none', async () => {
    const app = await Test.createTestingModule({ imports: [MandateModule.forRoot(options('public', {}))] }).compile();
    const service = app.get(CognitoService);
    await service.authenticate(user);
    await expect(service.authenticate({ ...user, password: 'Wrong-Horse-9' })).rejects.toThrow();
    await app.close();
    expect(lines).toEqual([]);
  });

  it('endpoint without issuer, and issuer of another pool', async () => {
    expect(await signIn(options('public', { issuer: undefined }))).toBe('AUTHENTICATED');
    expect(lines).toEqual([expect.stringMatching(/^warn Pool "default": The option "endpoint" .* "issuer"/)]);
    lines = [];
    expect(await signIn(options('public', { issuer: cognito.pool('others').issuer }))).toBe('AUTHENTICATED');
    expect(lines[0]).toMatch(/^warn Pool "default": The option "issuer" names the user pool /);
  });

  it.each([
    'https://vpce-1.cognito-idp.eu-west-1.vpce.amazonaws.com',
    'https://cognito-idp-fips.us-east-1.amazonaws.com',
    'https://cognito-idp.eu-west-1.api.aws',
    'https://cognito-idp.cn-north-1.amazonaws.com.cn',
  ])('but an address of AWS needs no issuer: %s', async (endpoint) => {
    const settings = { userPoolId: 'eu-west-1_AbCdEfGhI', clientId: 'client1', endpoint };
    const app = await Test.createTestingModule({ imports: [MandateModule.forRoot(settings)] }).compile();
    await app.close();
    expect(lines).toEqual([]);
  });

  it("a pool that the administrators' calls do not find", async () => {
    const settings = options('public', { userPoolId: 'us-east-1_Nowhere00', issuer: 'https://emulator.example' });
    const app = await Test.createTestingModule({ imports: [MandateModule.forRoot(settings)] }).compile();
    await expect(app.get(CognitoAdminService).getUser('ann')).rejects.toMatchObject({ code: 'POOL_NOT_FOUND' });
    await app.close();
    expect(lines.filter((line) => line.startsWith('error'))).toEqual([
      expect.stringContaining('Check the options "userPoolId" and "region"'),
    ]);
  });
});
