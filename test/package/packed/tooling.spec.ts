import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { TestTokenIssuer } from 'mandate/testing';
import { parse } from 'yaml';

import { signingKeysPem } from '../../local/signing-keys.js';
import {
  emptyApp,
  install,
  removeFolder,
  root,
  run,
  runTool,
  setModuleType,
  sourceOf,
  writeFiles,
} from '../packed-app.js';
import { freePort, StartedProgram } from '../started-program.js';
import { packedPackage } from './packed-package.js';

jest.setTimeout(300_000);

const FILES = 'test/docs/files/tooling/';

/** What `nest new` writes for the script `build`. Its `rootDir` would let `tsc` alone write `dist/src/main.js`. */
const NEST_NEW = {
  'nest-cli.json': JSON.stringify({ sourceRoot: 'src', compilerOptions: { deleteOutDir: true } }),
  'tsconfig.build.json': JSON.stringify({
    extends: './tsconfig.json',
    compilerOptions: { rootDir: './src' },
    include: ['src'],
  }),
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      module: 'nodenext',
      target: 'ES2023',
      emitDecoratorMetadata: true,
      experimentalDecorators: true,
      esModuleInterop: true,
      skipLibCheck: true,
      types: ['node'],
      outDir: './dist',
      rootDir: '.',
    },
  }),
};

/** The configuration files of docs/how-to, used as they are in an application that has installed the package. */
describe('the configuration files of the documentation', () => {
  const nest = '^12.0.0';
  let app: string;
  let issuer: TestTokenIssuer;

  beforeAll(async () => {
    issuer = await TestTokenIssuer.create({ keys: signingKeysPem() });
    app = await emptyApp({
      '@nestjs/common': nest,
      '@nestjs/core': nest,
      '@nestjs/passport': nest,
      '@nestjs/platform-express': nest,
      '@nestjs/testing': nest,
      '@types/node': '^20.0.0',
      'classic-level': '^3.0.0',
      mandate: `file:${packedPackage().tarball}`,
      passport: '^0.7.0',
      'reflect-metadata': '^0.2.2',
      rxjs: '^7.8.2',
    });
    await install(app, 'npm');
    await writeFiles(app, {
      'src/app.module.ts': await sourceOf(`${FILES}app/app.module.ts`),
      'src/lambda.ts': await sourceOf(`${FILES}app/lambda.ts`),
      'src/main.ts': await sourceOf(`${FILES}app/main.ts`),
    });
  });

  afterAll(() => removeFolder(app));

  const environment = () => ({
    COGNITO_USER_POOL_ID: issuer.userPoolId,
    COGNITO_CLIENT_ID: issuer.clientId,
    COGNITO_JWKS: JSON.stringify(issuer.jwks),
  });

  /** Runs a tool that is not among the packages of the application, as if it were. */
  const withTools = (script: string) => writeFiles(app, { 'tool.mjs': script });

  async function answersOf(program: string): Promise<unknown[]> {
    const port = await freePort();
    const started = new StartedProgram(app, { ...environment(), PORT: port }, process.execPath, program);
    try {
      await started.untilListening(port);
      const get = (headers: Record<string, string>) => fetch(`http://127.0.0.1:${port}/me`, { headers });
      const answer = await get({ authorization: `Bearer ${issuer.signToken({ username: 'ann' })}` });
      return [(await get({})).status, await answer.json()];
    } finally {
      started.interrupt();
      await started.untilEnded();
    }
  }

  const EXPECTED = [401, { username: 'ann', canSignIn: true }];

  it('esbuild bundles a Lambda function, which serves calls without network', async () => {
    await writeFiles(app, { 'esbuild.config.mjs': await bundlerOf('esbuild', `${FILES}app/esbuild.config.mjs`) });
    await run(app, process.execPath, 'esbuild.config.mjs');
    const token = issuer.signToken({ username: 'ann' });
    await withTools(`
      Object.assign(process.env, ${JSON.stringify(environment())});
      const { handler } = await import('./dist/lambda.mjs');
      const call = (headers) => handler({ rawPath: '/me', headers, requestContext: { http: { method: 'GET' } } });
      const [anonymous, ann] = [await call({}), await call({ authorization: 'Bearer ${token}' })];
      process.stdout.write(JSON.stringify([anonymous.statusCode, JSON.parse(ann.body)]));
      process.exit();
    `);
    expect(JSON.parse(await run(app, process.execPath, 'tool.mjs'))).toEqual(EXPECTED);
  });

  it('rspack bundles an application', async () => {
    await writeFiles(app, { 'rspack.config.mjs': await bundlerOf('@rspack/core', `${FILES}rspack.config.mjs`) });
    await withTools(`
      import { rspack } from ${JSON.stringify(join(root, 'node_modules/@rspack/core/dist/index.js'))};
      import config from './rspack.config.mjs';
      config.output.path = ${JSON.stringify(join(app, 'dist'))};
      rspack({ ...config, context: ${JSON.stringify(app)} }, (error, stats) => {
        if (error || stats.hasErrors()) {
          process.stderr.write(String(error ?? stats.toString({ all: false, errors: true })));
          process.exit(1);
        }
      });
    `);
    await run(app, process.execPath, 'tool.mjs');
    expect(await answersOf('dist/main.cjs')).toEqual(EXPECTED);
  });

  it('Vitest runs the test of the README', async () => {
    await testOfReadme('vitest');
    await writeFiles(app, { 'vitest.config.ts': await sourceOf(`${FILES}vitest.config.ts`) });
    await run(app, process.execPath, join('node_modules', 'vitest', 'vitest.mjs'), 'run', '--dir', 'vitest');
  });

  it('the image has what its steps build, and no packages for development', async () => {
    const text = await sourceOf(`${FILES}docker/api.Dockerfile`);
    const stages = text.split(/^FROM /m).slice(1);
    expect(stages.map((stage) => stage.split('\n')[0])).toEqual(['node:22-slim AS build', 'node:22-slim']);
    expect(stages[1]).toMatch(/^USER node$/m);
    const steps = [...text.matchAll(/^RUN (.+)$/gm)].map(([, step = '']) => step);
    expect(steps).toEqual(['npm ci', 'npm run build', 'npm prune --omit=dev']);
    const ignored = await sourceOf(`${FILES}docker/.dockerignore`);
    expect(ignored.split('\n')).toEqual(expect.arrayContaining(['.env', 'dist', 'node_modules']));
    // npm ci needs the registry and the lock file that npm install wrote; the Nest CLI is the repository's own.
    expect(await readdir(app)).toContain('package-lock.json');
    await setModuleType(app, 'module');
    await writeFiles(app, NEST_NEW);
    await runTool(app, '@nestjs/cli', 'nest.js', 'build');
    expect(await answersOf(/CMD \["node", "(.+)"\]/.exec(text)?.[1] ?? '')).toEqual(EXPECTED);
  });

  it('the file for Docker Compose names the pool and the issuer of mandate local', async () => {
    const { services } = parse(await sourceOf(`${FILES}docker/compose.yaml`)) as {
      services: Record<string, { environment: Record<string, string> }>;
    };
    const { api, cognito } = services;
    const port = await freePort();
    const cli = join('node_modules', 'mandate', 'dist/cli/mandate.js');
    const variables = {
      MANDATE_LOCAL_ISSUER: cognito?.environment['MANDATE_LOCAL_ISSUER'] ?? '',
      MANDATE_LOCAL_DATA: 'data',
      MANDATE_LOCAL_PORT: port,
    };
    const started = new StartedProgram(app, variables, process.execPath, cli, 'local');
    try {
      await started.untilPrinted(/mandate local/);
      const pool = api?.environment['COGNITO_USER_POOL_ID'] ?? '';
      const address = `http://127.0.0.1:${port}/${pool}`;
      const discovered = await fetch(`${address}/.well-known/openid-configuration`);
      expect(await discovered.json()).toMatchObject({
        issuer: api?.environment['COGNITO_ISSUER'],
        jwks_uri: `${address}/.well-known/jwks.json`,
      });
    } finally {
      started.interrupt();
      await started.untilEnded();
    }
    expect(await readdir(join(app, 'data'))).not.toEqual([]);
  });

  /** A file of settings, whose tool is the repository's own. */
  async function bundlerOf(tool: string, file: string): Promise<string> {
    const manifest = JSON.parse(await readFile(join(root, 'node_modules', tool, 'package.json'), 'utf8')) as {
      main?: string;
    };
    const path = join(root, 'node_modules', tool, manifest.main ?? 'dist/index.js');
    return (await sourceOf(file)).replace(`from '${tool}'`, `from ${JSON.stringify(path)}`);
  }

  async function testOfReadme(name: string): Promise<void> {
    const [module, spec] = await Promise.all(
      ['app.module.ts', 'me.spec.ts'].map((file) => sourceOf(`test/package/readme/${file}`)),
    );
    const decorators = { experimentalDecorators: true, emitDecoratorMetadata: true };
    await writeFiles(app, {
      [`${name}/tsconfig.json`]: JSON.stringify({ compilerOptions: decorators }),
      [`${name}/app.module.ts`]: module ?? '',
      [`${name}/me.spec.ts`]: spec ?? '',
    });
  }
});
