import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { parse } from 'yaml';

import { compileCli } from '../cli/compiled-cli.js';
import { printed, runCli } from '../cli/running-cli.js';
import { rawRequest } from '../local/raw-request.js';

const FILES = join(__dirname, 'files', 'tooling', 'docker');

interface Compose {
  readonly services: Readonly<
    Record<
      string,
      {
        readonly build: { readonly dockerfile: string };
        readonly environment: Readonly<Record<string, string>>;
        readonly ports: readonly string[];
        readonly volumes?: readonly string[];
        readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
      }
    >
  >;
}

/** The value of an instruction of a Dockerfile, with its continued lines. */
function instruction(dockerfile: string, name: string): string {
  const text = dockerfile.replaceAll(/\\\n\s*/g, '');
  return new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1] ?? '';
}

/** docs/how-to/docker.md: there is no Docker engine here, so the files are read, and what they start is started. */
describe('the embedded Cognito of the Compose file', () => {
  let directory: string;
  let dockerfile: string;
  let compose: Compose;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'mandate-docker-'));
    compose = parse(await readFile(join(FILES, 'compose.yaml'), 'utf8')) as Compose;
    dockerfile = await readFile(join(FILES, compose.services['cognito']?.build.dockerfile ?? ''), 'utf8');
  });

  afterAll(() => rm(directory, { recursive: true }));

  it('is reached from this machine only, without root, and the application waits for it', () => {
    const { api, cognito } = compose.services;
    expect(cognito?.ports).toEqual(['127.0.0.1:9229:9229']);
    expect(cognito?.volumes?.[0]).toBe(`cognito:${instruction(dockerfile, 'VOLUME')}`);
    expect(api?.depends_on).toEqual({ cognito: { condition: 'service_healthy' } });
    expect(instruction(dockerfile, 'USER')).toBe('node');
    expect(instruction(dockerfile, 'EXPOSE')).toBe('9229');
  });

  it('starts by its command and variables, is healthy, and issues what the application accepts', async () => {
    const { api, cognito } = compose.services;
    const [program, command = ''] = JSON.parse(instruction(dockerfile, 'CMD')) as string[];
    expect([program, command]).toEqual(['mandate', 'local']);
    const image = Object.fromEntries(
      instruction(dockerfile, 'ENV')
        .split(' ')
        .map((pair) => pair.split('=') as [string, string]),
    );
    expect(image).toEqual({ MANDATE_LOCAL_HOST: '0.0.0.0', MANDATE_LOCAL_DATA: '/data' });
    const local = runCli(await compileCli(directory), [command, '--port', '0', '--data', join(directory, 'data')], {
      ...image,
      ...cognito?.environment,
      MANDATE_LOCAL_CONFIG: join(FILES, 'pools.yaml'),
    });
    const [, address = ''] = await printed(local, /^mandate local: (\S+)\n[^]*COGNITO_DOMAIN/);
    for (const [name, value] of Object.entries(api?.environment ?? {}).filter(
      ([name]) => name !== 'COGNITO_ENDPOINT',
    )) {
      expect(local.output()).toContain(`${name}=${value}\n`);
    }
    // As the application asks, by the name in COGNITO_ENDPOINT.
    const { host } = new URL(api?.environment['COGNITO_ENDPOINT'] ?? '');
    const path = `/${api?.environment['COGNITO_USER_POOL_ID'] ?? ''}/.well-known/openid-configuration`;
    const { status, body } = await rawRequest(Number(new URL(address).port), { path, headers: { host } });
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ issuer: api?.environment['COGNITO_ISSUER'] });
    const [, check] = /CMD (.+)$/.exec(instruction(dockerfile, 'HEALTHCHECK')) ?? [];
    const [node, ...args] = JSON.parse((check ?? '').replace('http://127.0.0.1:9229', address)) as string[];
    expect(node).toBe('node');
    await expect(promisify(execFile)(process.execPath, args)).resolves.toMatchObject({ stderr: '' });
    local.child.kill('SIGTERM');
    await expect(local.exit).resolves.toBe(0);
    await expect(promisify(execFile)(process.execPath, args)).rejects.toMatchObject({ code: 1 });
  });
});
