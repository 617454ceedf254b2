import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type LocalClientOptions, LocalCognito } from 'mandate/testing';

import { readSettings } from '../../lib/cli/doctor/settings.js';
import { runChecks } from '../../lib/cli/doctor/run-checks.js';
import { succeed } from '../local/wire.js';
import { PRIVATE_CERTIFICATE } from '../support/private-certificate.js';
import { type CommandRun, ROOT, runCommand } from './run-command.js';

interface Report {
  readonly faults: number;
  readonly warnings: number;
  readonly findings: readonly { check: string; status: string; message: string; remedy?: string; docsUrl: string }[];
}

const SECRET = 'asecretofanappclient012345';
const CALLBACK = 'http://localhost:3000/auth/callback';
const LOGOUT = 'http://localhost:3000/';
const OAUTH: Partial<LocalClientOptions> = {
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthFlows: ['code'],
  AllowedOAuthScopes: ['openid', 'email'],
  CallbackURLs: [CALLBACK],
  LogoutURLs: [LOGOUT],
};
const GOOD = { PreventUserExistenceErrors: 'ENABLED' } as const;

let cognito: LocalCognito;
const started: Server[] = [];

beforeAll(async () => {
  cognito = await LocalCognito.start({
    pools: [
      {
        name: 'main',
        id: 'eu-west-1_AbCdEfGhI',
        users: [{ username: 'ann', groups: ['editors'] }],
        clients: [
          { name: 'web', id: 'web', ...GOOD, ...OAUTH },
          { name: 'server', id: 'server', secret: SECRET, ...GOOD },
          { name: 'legacy', id: 'legacy' },
          { name: 'password', id: 'password', ...GOOD, ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] },
          { name: 'none', id: 'none', ...GOOD, ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH'] },
          { name: 'unrevoked', id: 'unrevoked', ...GOOD, EnableTokenRevocation: false },
          {
            name: 'rotating',
            id: 'rotating',
            ...GOOD,
            RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
          },
          { name: 'implicit', id: 'implicit', ...GOOD, ...OAUTH, AllowedOAuthFlows: ['implicit'] },
        ],
      },
    ],
  });
});

afterAll(async () => {
  started.forEach((server) => server.close());
  await cognito.stop();
});

/** A server that stands before the embedded Cognito, or instead of it. */
async function serve(listener: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(listener);
  started.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

function forward(incoming: IncomingMessage, response: ServerResponse): void {
  const { method, url, headers } = incoming;
  const outgoing = request(new URL(url ?? '/', cognito.endpoint), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(response);
  });
  incoming.pipe(outgoing);
}

/** What is right for the client `web`. */
function environment(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    COGNITO_USER_POOL_ID: 'eu-west-1_AbCdEfGhI',
    COGNITO_CLIENT_ID: 'web',
    COGNITO_ENDPOINT: cognito.endpoint,
    COGNITO_ISSUER: `${cognito.endpoint}/eu-west-1_AbCdEfGhI`,
    ...more,
  };
}

async function doctor(variables: Readonly<Record<string, string>>, ...args: string[]): Promise<Report & CommandRun> {
  const run = await runCommand(['doctor', '--json', ...args], variables);
  expect(run.errors).toBe('');
  return { ...run, ...(JSON.parse(run.output) as Report) };
}

const problems = ({ findings }: Report) =>
  findings
    .filter(({ status }) => status === 'fault' || status === 'warning')
    .map(({ check, status }) => `${status} ${check}`);

it('finds nothing wrong with a right configuration, in words and as JSON', async () => {
  const login = { COGNITO_DOMAIN: cognito.endpoint, COGNITO_REDIRECT_URI: CALLBACK, COGNITO_LOGOUT_URI: LOGOUT };
  const variables = environment({
    ...login,
    SESSION_SECRET: 'aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789',
    ORIGIN: 'http://localhost:3000',
  });
  const report = await doctor(variables, '--admin', '--scopes', 'openid,email');
  expect(report.findings.filter(({ status }) => status === 'fault')).toEqual([]);
  expect(report).toMatchObject({ code: 0, faults: 0, warnings: 0 });
  const checks = new Set(report.findings.filter(({ status }) => status === 'ok').map(({ check }) => check));
  expect([...checks].sort()).toEqual(
    [
      'versions',
      'options',
      'session-secret',
      'endpoint',
      'clock',
      'keys',
      'client',
      'flows',
      'user-existence',
      'token-revocation',
      'refresh-token-rotation',
      'managed-login',
      'permissions',
    ].sort(),
  );
  const { code, output } = await runCommand(['doctor', '--admin', '--scopes', 'openid,email'], variables);
  expect(code).toBe(0);
  expect(output).toMatch(/^ok {7}client: The app client exists, and needs no secret\.$/m);
  expect(output).toMatch(/\n\n0 faults, 0 warnings\.$/);
});

describe('each fault has its line and its remedy', () => {
  it.each<
    [fault: string, variables: Record<string, string>, args: string[], line: string, message: RegExp, remedy: RegExp]
  >([
    [
      'no pool id',
      { COGNITO_USER_POOL_ID: '' },
      [],
      'fault options',
      /"userPoolId" is required and must be the id of a user pool/,
      /--user-pool-id or COGNITO_USER_POOL_ID/,
    ],
    [
      'a pool id that is none',
      { COGNITO_USER_POOL_ID: 'my pool' },
      [],
      'fault options',
      /"userPoolId" must be/,
      /COGNITO_USER_POOL_ID/,
    ],
    [
      'a client id that is none',
      { COGNITO_CLIENT_ID: 'a-b' },
      [],
      'fault options',
      /"clientId" must be the id of an app client/,
      /COGNITO_CLIENT_ID/,
    ],
    [
      'an empty secret',
      { COGNITO_CLIENT_SECRET: '' },
      [],
      'fault options',
      /"clientSecret" must be a non-empty string/,
      /leave the variable out/,
    ],
    [
      'an endpoint that is none',
      {},
      ['--endpoint', 'localhost'],
      'fault options',
      /"endpoint" must/,
      /--endpoint or COGNITO_ENDPOINT/,
    ],
    [
      'a domain that is none',
      { COGNITO_DOMAIN: 'https://a.example/login' },
      [],
      'fault options',
      /"oauth\.domain" must/,
      /COGNITO_DOMAIN/,
    ],
    [
      'a Region of another pool',
      { COGNITO_REGION: 'us-east-1' },
      [],
      'warning options',
      /The Region is us-east-1, and the id of the pool begins with eu-west-1/,
      /replica/,
    ],
    [
      'a short session secret',
      { SESSION_SECRET: 'too short' },
      [],
      'fault session-secret',
      /has 9 characters, and needs 32/,
      /openssl rand -base64 32/,
    ],
    [
      'a session secret that is guessed',
      { SESSION_SECRET: 'ab'.repeat(20) },
      [],
      'warning session-secret',
      /can be guessed/,
      /openssl/,
    ],
    [
      'no session secret',
      { ORIGIN: 'http://localhost:3000' },
      [],
      'warning session-secret',
      /SESSION_SECRET is not/,
      /openssl/,
    ],
    [
      'nobody at the endpoint',
      { COGNITO_ENDPOINT: 'http://127.0.0.1:9' },
      [],
      'fault endpoint',
      /unreachable \(E\w+\)/,
      /npx mandate local/,
    ],
    [
      'a name that DNS does not know',
      { COGNITO_ENDPOINT: 'http://cognito.invalid' },
      [],
      'fault endpoint',
      /cognito\.invalid is unreachable \((ENOTFOUND|EAI_AGAIN)\)/,
      /COGNITO_ENDPOINT/,
    ],
    [
      'a proxy that Node does not use',
      { COGNITO_ENDPOINT: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://proxy:3128' },
      [],
      'fault endpoint',
      /unreachable/,
      /NODE_USE_ENV_PROXY=1/,
    ],
    [
      'no such pool',
      { COGNITO_USER_POOL_ID: 'eu-west-1_Missing00', COGNITO_ISSUER: '' },
      [],
      'fault options',
      /"issuer" must/,
      /COGNITO_ISSUER/,
    ],
    [
      'an issuer of another pool',
      { COGNITO_USER_POOL_ID: 'eu-west-1_Other0000' },
      [],
      'fault keys',
      /"issuer" is at odds with other options/,
      /"issuer"/,
    ],
    [
      'no such client',
      { COGNITO_CLIENT_ID: 'missing' },
      [],
      'fault client',
      /"clientId" names no app client/,
      /Copy the id/,
    ],
    [
      'a secret that is missing',
      { COGNITO_CLIENT_ID: 'server' },
      [],
      'fault client',
      /"clientSecret" is required/,
      /COGNITO_CLIENT_SECRET/,
    ],
    [
      'a secret that is wrong',
      { COGNITO_CLIENT_ID: 'server', COGNITO_CLIENT_SECRET: 'anothersecret0123456789012' },
      [],
      'fault client',
      /"clientSecret" is not a secret of the app client/,
      /COGNITO_CLIENT_SECRET/,
    ],
    [
      'a secret too many',
      { COGNITO_CLIENT_SECRET: SECRET },
      [],
      'fault client',
      /"clientSecret" is not a secret of the app client, or the app client has none/,
      /remove the variable/,
    ],
    [
      'no SRP',
      { COGNITO_CLIENT_ID: 'password' },
      [],
      'warning flows',
      /allows USER_PASSWORD_AUTH, and not USER_SRP_AUTH/,
      /ALLOW_USER_SRP_AUTH/,
    ],
    ['no flow', { COGNITO_CLIENT_ID: 'none' }, [], 'fault flows', /allows no sign-in flow/, /ALLOW_USER_SRP_AUTH/],
    [
      'users that are told',
      { COGNITO_CLIENT_ID: 'legacy' },
      [],
      'warning user-existence',
      /tells everybody which users exist/,
      /PreventUserExistenceErrors/,
    ],
    [
      'tokens that are not revoked',
      { COGNITO_CLIENT_ID: 'unrevoked' },
      [],
      'warning token-revocation',
      /does not revoke tokens/,
      /EnableTokenRevocation/,
    ],
    [
      'rotation without grace',
      { COGNITO_CLIENT_ID: 'rotating' },
      [],
      'warning refresh-token-rotation',
      /without a grace period/,
      /RetryGracePeriodSeconds/,
    ],
    [
      'a callback URL that the client does not have',
      {},
      ['--redirect-uri', `${CALLBACK}/`],
      'fault managed-login',
      /"oauth\.redirectUri" must be among CallbackURLs/,
      /to the letter/,
    ],
    [
      'a logout URL that the client does not have',
      {},
      ['--redirect-uri', CALLBACK, '--logout-uri', 'http://localhost:3000'],
      'fault managed-login',
      /"oauth\.logoutUri" must be among LogoutURLs/,
      /to the letter/,
    ],
    [
      'scopes that the client does not have',
      {},
      ['--redirect-uri', CALLBACK, '--scopes', 'openid,phone'],
      'fault managed-login',
      /"oauth\.scopes" must be among AllowedOAuthScopes/,
      /Correct/,
    ],
    [
      'no authorization code grant',
      { COGNITO_CLIENT_ID: 'implicit' },
      ['--redirect-uri', CALLBACK],
      'fault managed-login',
      /requires an app client with "code"/,
      /Correct/,
    ],
    [
      'no such domain',
      { COGNITO_DOMAIN: 'http://127.0.0.1:9' },
      ['--redirect-uri', CALLBACK],
      'fault managed-login',
      /127\.0\.0\.1:9 is unreachable/,
      /COGNITO_DOMAIN/,
    ],
  ])('%s', async (_, variables, args, line, message, remedy) => {
    const domain = args.some((arg) => arg.includes('redirect')) ? { COGNITO_DOMAIN: cognito.endpoint } : {};
    const report = await doctor(environment({ ...domain, ...variables }), ...args);
    expect(problems(report)).toContain(line);
    const [status = '', check = ''] = line.split(' ');
    const found = report.findings.find((finding) => finding.status === status && finding.check === check);
    expect(found?.message).toMatch(message);
    expect(found?.remedy).toMatch(remedy);
    expect(found?.docsUrl).toBe(`https://mandate-nestjs.github.io/mandate/reference/cli#${check}`);
    expect(report.code).toBe(status === 'fault' ? 1 : 0);
    expect(report.output).not.toContain(SECRET);
  });
});

describe('without AWS credentials', () => {
  it.each([
    ['a callback URL that the client does not have', 'web', ['--redirect-uri', `${CALLBACK}/`], /CallbackURLs/],
    [
      'scopes that the client does not have',
      'web',
      ['--redirect-uri', CALLBACK, '--scopes', 'openid,phone'],
      /does not allow the scopes openid, phone/,
    ],
    [
      'a logout URL that the client does not have',
      'web',
      ['--redirect-uri', CALLBACK, '--logout-uri', 'http://localhost:1/'],
      /LogoutURLs/,
    ],
    ['no authorization code grant', 'implicit', ['--redirect-uri', CALLBACK], /authorization code grant/],
    ['a domain of another pool', 'unknown', ['--redirect-uri', CALLBACK], /does not know the app client/],
  ])('the pages of the domain tell: %s', async (_, client, args, message) => {
    // DescribeUserPoolClient is denied, as it is without a permission.
    const endpoint = await serve((incoming, response) => {
      if (incoming.headers['x-amz-target']?.toString().endsWith('.DescribeUserPoolClient')) {
        deny(response);
      } else {
        forward(incoming, response);
      }
    });
    const clientOfPool = client === 'unknown' ? 'web' : client;
    const domain = client === 'unknown' ? await otherPool() : cognito.endpoint;
    const report = await doctor(
      environment({ COGNITO_CLIENT_ID: clientOfPool, COGNITO_ENDPOINT: endpoint, COGNITO_DOMAIN: domain }),
      ...args,
    );
    const found = report.findings.filter(({ check, status }) => check === 'managed-login' && status === 'fault');
    expect(found).toHaveLength(1);
    expect(found[0]?.message).toMatch(message);
  });
});

const others: LocalCognito[] = [];
afterAll(() => Promise.all(others.map((other) => other.stop())));

async function otherPool(): Promise<string> {
  const other = await LocalCognito.start();
  others.push(other);
  return other.endpoint;
}

/** What the pool has, and the messages that were sent. */
async function content() {
  const pool = { UserPoolId: 'eu-west-1_AbCdEfGhI' };
  return [
    await succeed(cognito.endpoint, 'ListUsers', pool),
    await succeed(cognito.endpoint, 'ListGroups', pool),
    await succeed(cognito.endpoint, 'DescribeUserPoolClient', { ...pool, ClientId: 'web' }),
    cognito.outbox.all(),
  ];
}

function deny(response: ServerResponse): void {
  response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
  response.end(
    JSON.stringify({
      __type: 'AccessDeniedException',
      message: 'User: arn:aws:iam::1:role/app is not authorized to perform: this',
    }),
  );
}

describe('permissions', () => {
  it('names those that are denied', async () => {
    const asked: string[] = [];
    const endpoint = await serve((incoming, response) => {
      const operation = incoming.headers['x-amz-target']?.toString().split('.')[1] ?? '';
      asked.push(operation);
      if (['AdminDeleteUser', 'ListUsers'].includes(operation)) {
        deny(response);
      } else {
        forward(incoming, response);
      }
    });
    const report = await doctor(environment({ COGNITO_ENDPOINT: endpoint }), '--admin');
    expect(report.findings.find(({ check }) => check === 'permissions')).toMatchObject({
      status: 'fault',
      message: 'AWS denies cognito-idp:AdminDeleteUser, cognito-idp:ListUsers.',
    });
    expect(new Set(asked)).toContain('AdminSetUserPassword');
  });

  it('changes nothing', async () => {
    const before = await content();
    await doctor(environment(), '--admin');
    expect(await content()).toEqual(before);
    expect(before[0]).toMatchObject({ Users: [{ Username: 'ann' }] });
  });

  it('tells that AWS refuses the credentials', async () => {
    const endpoint = await serve((incoming, response) => {
      if (incoming.headers['x-amz-target']?.toString().includes('.Admin')) {
        response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
        response.end(
          JSON.stringify({ __type: 'UnrecognizedClientException', message: 'The security token is invalid.' }),
        );
      } else {
        forward(incoming, response);
      }
    });
    const report = await doctor(environment({ COGNITO_ENDPOINT: endpoint }), '--admin');
    expect(problems(report)).toEqual(['fault permissions']);
  });
});

describe('the clock', () => {
  it.each([
    [-600, 'fault', /(599|600|601) s ahead of/],
    [100, 'warning', /(99|100|101) s behind/],
    [5, 'ok', /./],
  ])('that differs by %d s', async (seconds, status, message) => {
    const endpoint = await serve((incoming, response) => {
      response.sendDate = false;
      response.setHeader('date', new Date(Date.now() + seconds * 1_000).toUTCString());
      response.writeHead(404).end();
      incoming.resume();
    });
    const { findings } = await doctor(environment({ COGNITO_ENDPOINT: endpoint }));
    const clock = findings.find(({ check }) => check === 'clock');
    expect(clock?.status).toBe(status);
    expect(clock?.message).toMatch(message);
  });
});

describe('something else than Cognito at the endpoint', () => {
  const page = (response: ServerResponse) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>');

  it('is a fault, and not a warning', async () => {
    const endpoint = await serve((_, response) => page(response));
    const report = await doctor(environment({ COGNITO_ENDPOINT: endpoint, COGNITO_ISSUER: `${endpoint}/x` }));
    expect(report.code).toBe(1);
    expect(problems(report)).toEqual(expect.arrayContaining(['fault keys', 'fault client']));
  });

  it('is not waited for when its body never ends', async () => {
    let closed: Promise<unknown> | undefined;
    const endpoint = await serve((incoming, response) => {
      if (incoming.method === 'GET' && incoming.url === '/') {
        closed = once(response, 'close');
        response.writeHead(200).write('the first piece');
      } else {
        page(response);
      }
    });
    await doctor(environment({ COGNITO_ENDPOINT: endpoint }));
    await closed;
  });

  it('is a fault when it answers with no keys', async () => {
    const endpoint = await serve((_, response) => response.end('{"keys":[]}'));
    const report = await doctor(environment({ COGNITO_ENDPOINT: endpoint, COGNITO_ISSUER: `${endpoint}/x` }));
    expect(problems(report)).toContain('fault keys');
  });

  it('is a fault when it stops to answer, and what was found before is reported', async () => {
    const endpoint = await serve((incoming, response) => {
      if (incoming.method === 'GET') {
        forward(incoming, response);
      }
    });
    const terminal = { environment: environment({ COGNITO_ENDPOINT: endpoint }), directory: ROOT };
    const settings = readSettings({}, { ...terminal, print: jest.fn(), printError: jest.fn() });
    const findings = await runChecks(settings, 300);
    expect(findings).toContainEqual(expect.objectContaining({ check: 'clock', status: 'ok' }));
    expect(findings.at(-1)).toMatchObject({
      check: 'endpoint',
      status: 'fault',
      message: 'The endpoint is too slow: not all checks have ended.',
    });
  });

  it('is named without the password of its address', async () => {
    const endpoint = cognito.endpoint.replace('//', '//ann:a-secret@');
    const text = await runCommand(['doctor'], environment({ COGNITO_ENDPOINT: endpoint }));
    const json = await runCommand(['doctor', '--json'], environment({ COGNITO_ENDPOINT: endpoint }));
    expect(text.output).toContain(`${cognito.endpoint} answers.`);
    expect(`${text.output}${text.errors}${json.output}${json.errors}`).not.toContain('a-secret');
  });
});

it('tells that a certificate is not trusted', async () => {
  const secure = await LocalCognito.start({ tls: { key: PRIVATE_CERTIFICATE.key, cert: PRIVATE_CERTIFICATE.cert } });
  others.push(secure);
  const report = await doctor(environment({ COGNITO_ENDPOINT: secure.endpoint }));
  expect(report.findings.find(({ check }) => check === 'endpoint')).toMatchObject({
    status: 'fault',
    message: expect.stringContaining('is unreachable (') as string,
    remedy: expect.stringContaining('NODE_EXTRA_CA_CERTS') as string,
  });
});

describe('the settings', () => {
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'mandate-doctor-'));
    const lines = Object.entries(environment({ COGNITO_CLIENT_ID: 'missing' })).map(
      ([name, value]) => `${name}=${value}`,
    );
    // With a byte order mark, as some editors write it.
    await writeFile(join(directory, '.env'), `\uFEFF${lines.join('\n')}\n`);
    await writeFile(join(directory, 'other.env'), 'COGNITO_CLIENT_ID="server"\n');
  });

  afterAll(() => rm(directory, { recursive: true }));

  it('come from .env; the environment and the options count first', async () => {
    const fromFile = await runCommand(['doctor'], {}, directory);
    expect(fromFile.output).toMatch(/^ok +options: Pool eu-west-1_AbCdEfGhI, client missing, Region eu-west-1\.$/m);
    const fromEnvironment = await runCommand(['doctor'], { COGNITO_CLIENT_ID: 'legacy' }, directory);
    expect(fromEnvironment.output).toContain('client legacy,');
    const fromOptions = await runCommand(['doctor', '--client-id', 'web'], { COGNITO_CLIENT_ID: 'legacy' }, directory);
    expect(fromOptions.output).toContain('client web,');
  });

  it('come from another file', async () => {
    const { output } = await runCommand(['doctor', '--env-file', 'other.env', '--user-pool-id', 'x'], {}, directory);
    expect(output).toMatch(/^fault +options: Option "userPoolId"/m);
    const absolute = ['doctor', '--env-file', join(directory, 'other.env'), '--user-pool-id', 'x'];
    expect((await runCommand(absolute, {}, ROOT)).output).toMatch(/^fault +options: Option "userPoolId"/m);
    const missing = await runCommand(['doctor', '--env-file', 'none.env'], {}, directory);
    expect(missing).toMatchObject({ code: 2, errors: 'mandate: --env-file: cannot read the file "none.env".' });
  });

  it('tell of a folder that is no application', async () => {
    const { output } = await runCommand(['doctor'], environment(), directory);
    expect(output).toMatch(/^warning +versions: Node [\d.]+, mandate [\d.]+, no NestJS here\. Run this in the folder/m);
    expect((await runCommand(['doctor'], environment(), ROOT)).output).toMatch(/^ok +versions: .*NestJS 12\./m);
  });
});
