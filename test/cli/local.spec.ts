import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';

import { compileCli } from './compiled-cli.js';
import { printed, runCli } from './running-cli.js';
import { PRIVATE_CERTIFICATE } from '../support/private-certificate.js';
import { unfinishedRequest } from '../support/unfinished-request.js';
import { call, succeed } from '../local/wire.js';

describe('mandate local', () => {
  let directory: string;
  let cli: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'mandate-cli-'));
    cli = await compileCli(directory);
  });

  afterAll(() => rm(directory, { recursive: true }));

  const run = (...args: string[]) => runCli(cli, args);

  it('prints lines for the .env of an application, for each app client', async () => {
    const local = run('local', '--port', '0', '--region', 'eu-west-1', '--issuer', 'aws');
    const [, endpoint = ''] = await printed(local, /^mandate local: (\S+)\n[^]*COGNITO_DOMAIN[^]*COGNITO_DOMAIN.*\n/);
    const shared = [
      'COGNITO_REGION=eu-west-1',
      `COGNITO_ENDPOINT=${endpoint}`,
      'COGNITO_ISSUER=https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Local0001',
      `COGNITO_JWKS_URI=${endpoint}/eu-west-1_Local0001/.well-known/jwks.json`,
      `COGNITO_DOMAIN=${endpoint}`,
      '',
    ];
    expect(local.output().split('\n').slice(1)).toEqual([
      '',
      'For the .env of your application. The secrets are good for this server only:',
      '',
      '# pool "default", app client "public"',
      'COGNITO_USER_POOL_ID=eu-west-1_Local0001',
      'COGNITO_CLIENT_ID=localpublicclient',
      ...shared,
      '# pool "default", app client "secret"',
      'COGNITO_USER_POOL_ID=eu-west-1_Local0001',
      'COGNITO_CLIENT_ID=localsecretclient',
      'COGNITO_CLIENT_SECRET=localsecretclientsecret0',
      ...shared,
      '',
    ]);
    expect(local.errors()).not.toContain('warning: everybody');
    local.child.kill('SIGINT');
    await local.exit;
  });

  it('says that there are no lines for .env without an app client', async () => {
    const config = join(directory, 'no-pools.json');
    await writeFile(config, '{ "pools": [] }');
    const local = run('local', '--port', '0', '--config', config);
    await printed(
      local,
      /^mandate local: \S+\n\nThere is no app client yet, so there are no lines for the \.env of .*\n\n/,
    );
    local.child.kill('SIGINT');
    await local.exit;
  });

  it('is set by variables, and warns of an address that others reach', async () => {
    const local = runCli(cli, ['local'], { MANDATE_LOCAL_PORT: '0', MANDATE_LOCAL_HOST: '0.0.0.0' });
    const [, endpoint = ''] = await printed(local, /^mandate local: (http:\/\/127\.0\.0\.1:\d+)\n[^]*COGNITO_DOMAIN/);
    const addresses = [...local.output().matchAll(/^mandate local: (\S+)$/gm)].map(([, address]) => address);
    const others = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4')
      .map(({ address }) => `http://${address}:${new URL(endpoint).port}`);
    expect(addresses).toEqual([endpoint, ...others]);
    expect(local.output()).toContain(`COGNITO_ISSUER=${others[0] ?? endpoint}/us-east-1_Local0001\n`);
    expect(local.errors()).toContain(
      `mandate: warning: everybody whose machine reaches ${(others.length > 0 ? others : [endpoint]).join(', ')} can read`,
    );
    local.child.kill('SIGINT');
    await local.exit;
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('prints its address, then messages, and ends at %s', async (signal) => {
    const local = run('local', '--port', '0');
    const [line, endpoint = ''] = await printed(local, /^mandate local: (http:\/\/127\.0\.0\.1:\d+)\n/);
    expect(local.output().startsWith(`${line}\nFor the .env of your application.`)).toBe(true);
    await succeed(endpoint, 'SignUp', {
      ClientId: 'localpublicclient',
      Username: 'ann',
      Password: 'Correct-Horse-9',
      UserAttributes: [{ Name: 'email', Value: 'ann@example.com' }],
    });
    await printed(
      local,
      /^e-mail to ann@example\.com \(user ann of pool default\) "Your verification code": Your confirmation code is \d{6}\.$/m,
    );
    await unfinishedRequest(Number(new URL(endpoint).port));
    local.child.kill(signal);
    await expect(local.exit).resolves.toBe(0);
    expect(local.errors()).not.toContain('Error');
  });

  it('reads pools from a file and keeps them in a directory', async () => {
    const config = join(directory, 'pools.json');
    const data = join(directory, 'data');
    await writeFile(
      config,
      JSON.stringify({ pools: [{ name: 'staff', id: 'us-east-1_Staff0001', users: [{ username: 'bob' }] }] }),
    );
    const first = run('local', '--port', '0', '--config', config, '--data', data);
    const [, endpoint = ''] = await printed(first, /^mandate local: (\S+)\n/);
    const user = { UserPoolId: 'us-east-1_Staff0001', Username: 'bob' };
    await succeed(endpoint, 'AdminDisableUser', user);
    first.child.kill('SIGINT');
    await first.exit;

    const second = run('local', '--port', '0', '--config', config, '--data', data);
    const [, again = ''] = await printed(second, /^mandate local: (\S+)\n/);
    await expect(call(again, 'AdminGetUser', user)).resolves.toMatchObject({ body: { Enabled: false } });
    second.child.kill('SIGINT');
    await expect(second.exit).resolves.toBe(0);
  });

  it('runs the modules that a configuration names from its own folder', async () => {
    const folder = join(directory, 'configured');
    await mkdir(join(folder, 'triggers'), { recursive: true });
    const confirm = '(event) => ({ ...event, response: { ...event.response, autoConfirmUser: true } })';
    await writeFile(join(folder, 'triggers/join.mjs'), `export const handler = async ${confirm};`);
    await writeFile(
      join(folder, 'triggers/greet.cjs'),
      'exports.handler = (event, context, callback) => callback(null, Object.assign(event, { response: { emailMessage: "Use {####}" } }));',
    );
    const arn = 'arn:aws:lambda:us-east-1:123456789012:function:greet';
    const pool = { name: 'a', triggers: { preSignUp: './triggers/join.mjs' }, LambdaConfig: { CustomMessage: arn } };
    const config = join(folder, 'pools.json');
    await writeFile(config, JSON.stringify({ functions: { greet: 'triggers/greet.cjs' }, pools: [pool] }));
    const local = run('local', '--port', '0', '--config', config);
    const [, endpoint = ''] = await printed(local, /^mandate local: (\S+)\n/);
    const { UserPools } = (await succeed(endpoint, 'ListUserPools', { MaxResults: 1 })) as {
      UserPools: [{ Id: string }];
    };
    const UserPoolId = UserPools[0].Id;
    const { UserPoolClients } = (await succeed(endpoint, 'ListUserPoolClients', { UserPoolId })) as {
      UserPoolClients: [{ ClientId: string }];
    };
    const ClientId = UserPoolClients[0].ClientId;
    const attributes = [{ Name: 'email', Value: 'ann@example.com' }];
    const ann = { ClientId, Username: 'ann', Password: 'Correct-Horse-9', UserAttributes: attributes };
    expect(await succeed(endpoint, 'SignUp', ann)).toMatchObject({ UserConfirmed: true });
    await succeed(endpoint, 'AdminUpdateUserAttributes', {
      UserPoolId,
      Username: 'ann',
      UserAttributes: [...attributes, { Name: 'email_verified', Value: 'true' }],
    });
    await succeed(endpoint, 'ForgotPassword', { ClientId, Username: 'ann' });
    await printed(local, /: Use \d{6}\n/);
    local.child.kill('SIGINT');
    await expect(local.exit).resolves.toBe(0);
  });

  it('speaks HTTPS with a key and a certificate', async () => {
    const [key, cert] = [join(directory, 'key.pem'), join(directory, 'cert.pem')];
    await writeFile(key, PRIVATE_CERTIFICATE.key);
    await writeFile(cert, PRIVATE_CERTIFICATE.cert);
    const local = run('local', '--port', '0', '--tls-key', key, '--tls-cert', cert);
    const [, endpoint = ''] = await printed(local, /^mandate local: (\S+)\n/);
    expect(endpoint).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    local.child.kill('SIGINT');
    await expect(local.exit).resolves.toBe(0);
  });

  it('prints one line when its port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    try {
      const { port } = other.address() as AddressInfo;
      const local = run('local', '--port', String(port));
      await expect(local.exit).resolves.toBe(1);
      expect(local.errors()).toBe(
        `mandate: "port" must be free, but ${port} is in use on 127.0.0.1. Choose another port, or 0 for any free one.\n`,
      );
    } finally {
      other.close();
    }
  });

  it.each([
    [['local', '--prot', '1'], 2, /^mandate: Unknown option '--prot'\. Try "mandate local --help"\.\n$/],
    [['local', '--port', 'x'], 2, /^mandate: --port must be a number from 0 to 65535, not "x"\.\n$/],
    [['local', '--port', '65536'], 2, /^mandate: --port must be a number/],
    [['local', 'now'], 2, /^mandate: Unexpected argument 'now'\. [^\n]*Try "mandate local --help"\.\n$/],
    [
      ['local', '--tls-key', 'k.pem'],
      2,
      /^mandate: --tls-key and --tls-cert need each other: give both or neither\.\n$/,
    ],
    [
      ['local', '--tls-key', 'k.pem', '--tls-cert', 'c.pem'],
      2,
      /^mandate: --tls-key: cannot read the file "k\.pem"\.\n$/,
    ],
    [['local', '--config', 'none.json'], 2, /^mandate: --config: cannot read the file "none\.json"\.\n$/],
  ])('rejects %j with one line', async (args, code, message) => {
    const local = run(...args);
    await expect(local.exit).resolves.toBe(code);
    expect(local.errors()).toMatch(message);
    expect(local.output()).toBe('');
  });

  it.each([
    ['{"pools":', 2, /^mandate: --config: the file ".*" is not valid JSON: [^\n]*\n$/],
    ['7', 2, /^mandate: --config: the file ".*" must contain an object with "pools", or a list of pools\.\n$/],
    ['{"pools":[{"name":"x","user":[]}]}', 1, /^mandate: "pools\[0\]\.user" is an unknown option\. [^\n]*\n$/],
    ['[{"name":"x","users":[{"username":"a"},{"username":"a"}]}]', 1, /^mandate: User already exists\n$/],
  ])('rejects the configuration %s with one line', async (text, code, message) => {
    const config = join(directory, 'broken.json');
    await writeFile(config, text);
    const local = run('local', '--port', '0', '--config', config);
    await expect(local.exit).resolves.toBe(code);
    expect(local.errors()).toMatch(message);
  });
});
