import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

import { LocalCognito } from '../../lib/testing/index.js';
import type { LocalCognitoOptions } from '../../lib/testing/index.js';
import { signingKeysPem } from './signing-keys.js';
import { succeed } from './wire.js';

const BODY = '(event) => ({ ...event, response: { ...event.response, autoConfirmUser: true } })';

describe('triggers as paths of modules', () => {
  let directory: string;
  let cognito: LocalCognito | undefined;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'mandate-triggers-'));
    await mkdir(join(directory, 'triggers'));
    await Promise.all(
      Object.entries({
        'named.mjs': `export const handler = ${BODY};`,
        'by-default.mjs': `export default ${BODY};`,
        'common.cjs': `exports.handler = ${BODY};`,
        'common-function.cjs': `module.exports = ${BODY};`,
        'nothing.mjs': 'export const version = 1;',
        'broken.cjs': 'throw new Error("no database");',
      }).map(([name, text]) => writeFile(join(directory, 'triggers', name), text)),
    );
  });

  afterAll(() => rm(directory, { recursive: true }));

  afterEach(async () => {
    await cognito?.stop();
    cognito = undefined;
  });

  async function isConfirmedBy(options: LocalCognitoOptions): Promise<unknown> {
    cognito = await LocalCognito.start(options);
    const answer = await succeed(cognito.endpoint, 'SignUp', {
      ClientId: cognito.pool().client().id,
      Username: 'ann',
      Password: 'Correct-Horse-9',
    });
    return answer['UserConfirmed'];
  }

  const pool = (preSignUp: string): LocalCognitoOptions => ({
    pools: [{ name: 'pool', keys: signingKeysPem(), triggers: { preSignUp } }],
  });

  it.each(['named.mjs', 'by-default.mjs', 'common.cjs', 'common-function.cjs'])('loads %s', async (name) => {
    expect(await isConfirmedBy(pool(join(directory, 'triggers', name)))).toBe(true);
  });

  it('takes paths from the working directory, and file URLs', async () => {
    const file = join(directory, 'triggers/named.mjs');
    expect(await isConfirmedBy(pool(relative(process.cwd(), file)))).toBe(true);
    await cognito?.stop();
    expect(await isConfirmedBy(pool(pathToFileURL(file).href))).toBe(true);
  });

  it('runs modules for the pools without triggers, and for ARNs', async () => {
    const file = join(directory, 'triggers/named.mjs');
    const keys = signingKeysPem();
    expect(await isConfirmedBy({ triggers: { preSignUp: file }, pools: [{ name: 'pool', keys }] })).toBe(true);
    await cognito?.stop();
    const LambdaConfig = { PreSignUp: 'arn:aws:lambda:us-east-1:123456789012:function:join' };
    const options = { functions: { join: file }, pools: [{ name: 'pool', keys, LambdaConfig }] };
    expect(await isConfirmedBy(options)).toBe(true);
  });

  it.each([
    ['nothing.mjs', /^"pools\[0\]\.triggers\.preSignUp" must name a module that exports a function "handler"/],
    ['missing.mjs', /^"pools\[0\]\.triggers\.preSignUp" cannot be loaded from .*missing\.mjs: /],
    ['broken.cjs', /^"pools\[0\]\.triggers\.preSignUp" cannot be loaded from .*broken\.cjs: no database\.$/],
  ])('refuses to start with %s', async (name, message) => {
    await expect(LocalCognito.start(pool(join(directory, 'triggers', name)))).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
      message: expect.stringMatching(message) as string,
    });
  });

  it.each<[string, object, RegExp]>([
    ['an unknown trigger', { triggers: { preSignup: BODY } }, /^"triggers\.preSignup" is an unknown option/],
    ['a trigger that is a number', { triggers: { preSignUp: 1 } }, /^"triggers\.preSignUp" must be a function/],
    ['an unknown trigger of a pool', { pools: [{ name: 'a', triggers: { x: BODY } }] }, /^"pools\[0\]\.triggers\.x"/],
    ['a function that is null', { functions: { join: null } }, /^"functions\.join" must be a function/],
    ['functions that are a list', { functions: [] }, /^"functions" must be an object/],
    ['an endpoint without a scheme', { lambda: '127.0.0.1:9001' }, /^"lambda" must be the URL/],
    ['a short key', { customSenderKey: { key: 'c2hvcnQ=' } }, /^"customSenderKey\.key" must be 32 bytes/],
    ['another member of a key', { customSenderKey: { secret: 'x' } }, /^"customSenderKey\.secret" is an unknown/],
  ])('refuses %s', async (_what, options, message) => {
    await expect(LocalCognito.start(options)).rejects.toMatchObject({
      message: expect.stringMatching(message) as string,
    });
  });
});
