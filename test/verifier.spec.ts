import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

import ts from 'typescript';

import * as entry from '../lib/verifier.js';
import {
  createTenantVerifier,
  type CreateTenantVerifierOptions,
  type PoolVerifierOptions,
  TenantVerifier,
} from '../lib/verifier.js';
import { JwksServer } from './tokens/support/jwks-server.js';
import { accessToken, CLIENT_ID, ISSUER, jwks, NOW, POOL_ID, TestClock } from './tokens/support/test-issuer.js';

const root = join(__dirname, '..');
const source = join(root, 'lib', 'verifier.ts');
const FORBIDDEN = /^(@nestjs\/|@aws-sdk\/|@smithy\/|passport|rxjs|reflect-metadata|class-)/;

/** Every package that a file of lib/ names, in types too, and those of the files that it imports. */
function packagesReachedFrom(file: string, seen = new Set<string>()): Set<string> {
  const packages = new Set<string>();
  if (seen.has(file)) {
    return packages;
  }
  seen.add(file);
  for (const { fileName } of ts.preProcessFile(readFileSync(file, 'utf8'), true, true).importedFiles) {
    if (fileName.startsWith('.')) {
      const target = join(dirname(file), fileName.replace(/\.js$/, '.ts'));
      expect(existsSync(target)).toBe(true);
      packagesReachedFrom(target, seen).forEach((name) => packages.add(name));
    } else {
      packages.add(fileName);
    }
  }
  return packages;
}

describe('mandate/verifier', () => {
  it('exports what applications without Nest name', () => {
    expect(Object.keys(entry).sort()).toEqual([
      'MandateConfigurationError',
      'MandateError',
      'RevocationCheckFailedError',
      'RevocationList',
      'RevocationNotRecordedError',
      'SigningKeysUnavailableError',
      'TenantVerifier',
      'TenantsUnavailableError',
      'TokenRejectedError',
      'VerifiedTokenCache',
      'clientIdOf',
      'createPoolVerifier',
      'createTenantVerifier',
      'isClientCredentials',
      'usernameOf',
    ]);
  });

  it('is an entry of the package', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { exports: object };
    expect(manifest.exports).toMatchObject({
      './verifier': { types: './dist/verifier.d.ts', default: './dist/verifier.js' },
    });
  });

  it('reaches no package but jwks-rsa, in its types either', () => {
    const packages = [...packagesReachedFrom(source)].filter((name) => !name.startsWith('node:'));
    expect(packages).toEqual(['jwks-rsa']);
    expect([...packagesReachedFrom(join(root, 'lib', 'index.ts'))].some((name) => FORBIDDEN.test(name))).toBe(true);
  });

  it('serves a Lambda authorizer that fetches keys, and loads neither Nest nor the AWS SDK', async () => {
    const server = await JwksServer.start(jwks());
    const now = Math.floor(Date.now() / 1000);
    const valid = accessToken({ iat: now, auth_time: now, exp: now + 3600 });
    const settings = {
      entry: pathToFileURL(source).href,
      options: { userPoolId: POOL_ID, acceptedClientIds: [CLIENT_ID], jwksUri: server.uri },
      tokens: [valid, accessToken({ exp: 1 })],
    };
    const program = join(__dirname, 'verifier', 'authorizer.mjs');
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--no-warnings', '--import', '@swc-node/register/esm-register', program, JSON.stringify(settings)],
      { cwd: root, env: { PATH: process.env['PATH'] }, maxBuffer: 64 << 20 },
    );
    await server.stop();

    const { answers, loaded } = JSON.parse(stdout) as { answers: unknown[]; loaded: string[] };
    expect(answers).toEqual([{ isAuthorized: true, context: { username: 'janedoe' } }, { isAuthorized: false }]);
    const packages = loaded.map((file) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? '');
    expect(packages).toContain('jwks-rsa');
    expect(packages.filter((name) => FORBIDDEN.test(`${name}/`))).toEqual([]);
  }, 60_000);
});

describe('createTenantVerifier', () => {
  const tenant: PoolVerifierOptions = { userPoolId: POOL_ID, acceptedClientIds: [CLIENT_ID], jwks: jwks() };

  function setUp(changes: Partial<CreateTenantVerifierOptions> = {}) {
    const clock = new TestClock();
    const list = jest.fn((issuer: string) => (issuer === ISSUER ? { ...tenant } : null));
    const events: entry.TokenEvent[] = [];
    const onTokenEvent = (event: entry.TokenEvent) => events.push(event);
    const verifier = createTenantVerifier({ tenants: list, clock: clock.read, onTokenEvent, ...changes });
    return { verifier, list, clock, events };
  }

  it('verifies tokens of listed issuers, synchronously once they are known', async () => {
    const { verifier, list, events } = setUp();
    expect(verifier).toBeInstanceOf(TenantVerifier);
    const token = accessToken();
    expect(verifier.verifySync(token)).toBeUndefined();
    await expect(verifier.verify(token)).resolves.toMatchObject({ iss: ISSUER });
    expect(verifier.verifySync(token)).toMatchObject({ iss: ISSUER });
    await expect(verifier.verify(accessToken({ iss: 'https://evil.example' }))).rejects.toMatchObject({
      code: 'TOKEN_ISSUER_REFUSED',
    });
    expect(list.mock.calls).toEqual([[ISSUER], ['https://evil.example']]);
    expect(events).toMatchObject([
      { type: 'token-accepted', pool: 'tenants', tokenUse: 'access', remembered: false },
      { type: 'token-accepted', pool: 'tenants', tokenUse: 'access', remembered: true },
      { type: 'token-rejected', pool: 'tenants', code: 'TOKEN_ISSUER_REFUSED' },
    ]);
  });

  it('keeps the keys of a tenant while the list returns the same options, and notices others', async () => {
    const server = await JwksServer.start(jwks());
    let acceptedClientIds = [CLIENT_ID];
    const { verifier, clock } = setUp({
      tenants: () => ({ userPoolId: POOL_ID, acceptedClientIds, jwksUri: server.uri }),
      tenantTtl: 1_000,
    });
    const token = accessToken({ exp: NOW / 1000 + 100_000 });
    for (let times = 0; times < 3; times++) {
      await expect(verifier.verify(token)).resolves.toBeDefined();
      clock.advance(1_000);
    }
    expect(server.requests).toBe(1);
    acceptedClientIds = ['another'];
    await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'TOKEN_CLIENT_REFUSED' });
    await server.stop();
  });

  it('rejects what the list returns without the clients to accept', async () => {
    const { verifier } = setUp({ tenants: () => ({ userPoolId: POOL_ID }) as PoolVerifierOptions });
    await expect(verifier.verify(accessToken())).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' });
  });
});
