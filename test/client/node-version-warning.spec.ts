import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { withoutNodeVersionWarning } from '../../lib/client/node-version-warning.js';

const root = join(__dirname, '..', '..');
const SWITCH = 'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED';

const PROGRAM = `
import { CognitoClient } from './lib/client/cognito-client.ts';

const client = new CognitoClient({ region: 'eu-west-1' });
await client.sdk();
process.emitWarning('Something else.');
console.log(JSON.stringify({ variable: process.env.${SWITCH} ?? null }));
client.destroy();
`;

/** Runs a program in a process of its own: the SDK warns once in a process, and jest has one for many suites. */
async function run(environment: Record<string, string> = {}): Promise<{ stdout: string; stderr: string }> {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== SWITCH));
  const modes = ['--import', '@swc-node/register/esm-register', '--input-type=module', '--eval', PROGRAM];
  const env = { ...inherited, NODE_OPTIONS: '', ...environment };
  return promisify(execFile)(process.execPath, modes, { cwd: root, env });
}

jest.setTimeout(60_000);

describe("the AWS SDK's warning about the version of Node", () => {
  it('does not reach the console, while other warnings do and the environment stays as it was', async () => {
    const { stdout, stderr } = await run();

    expect(stderr).not.toContain('NodeVersionSupportWarning');
    expect(stderr).toContain('Something else.');
    expect(JSON.parse(stdout)).toEqual({ variable: null });
  });

  it('is left to an application that sets the variable itself', async () => {
    const { stdout, stderr } = await run({ [SWITCH]: 'false' });

    expect(stderr.includes('NodeVersionSupportWarning')).toBe(process.version.startsWith('v20.'));
    expect(JSON.parse(stdout)).toEqual({ variable: 'false' });
  });

  it('restores the environment when the client cannot be created', () => {
    expect(() =>
      withoutNodeVersionWarning(() => {
        throw new Error('no client');
      }),
    ).toThrow('no client');
    expect(process.env[SWITCH]).toBeUndefined();
  });
});

describe('the range of the AWS SDK', () => {
  const SDK = '@aws-sdk/client-cognito-identity-provider';
  const manifest = (folder: string) =>
    JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as {
      readonly engines: { readonly node: string };
      readonly dependencies: Readonly<Record<string, string>>;
    };
  const oldestMajor = (folder: string) => Number(/^>=(\d+)/.exec(manifest(folder).engines.node)?.[1]);

  it('holds only versions that support the oldest Node of this package', () => {
    expect(oldestMajor(`node_modules/${SDK}`)).toBeLessThanOrEqual(oldestMajor('.'));
    // The versions of 2027 require Node 22: the range is open only once this package requires it, too.
    expect(/ <3\.\d+\.0$/.test(manifest('.').dependencies[SDK] ?? '')).toBe(oldestMajor('.') < 22);
  });
});
