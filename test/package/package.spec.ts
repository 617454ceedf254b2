import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { emptyApp, type PackedFile, packPackage, readmeFiles, removeFolder, run, writeFiles } from './packed-app.js';

jest.setTimeout(300_000);

const SAMPLE = 'sample/01-quick-start/src/';

/** Starts the README's application beside an embedded Cognito, in plain Node, and goes through it over HTTP. */
const SMOKE = `
import 'reflect-metadata';
import { ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { LocalCognito } from 'mandate/testing';

const password = 'Correct-Horse-9';
const cognito = await LocalCognito.start({
  pools: [{ name: 'p', clients: [{ name: 'c', secret: true }], users: [{ username: 'ann', password }] }],
});
const options = cognito.pool().moduleOptions();
Object.assign(process.env, {
  COGNITO_USER_POOL_ID: options.userPoolId,
  COGNITO_CLIENT_ID: options.clientId,
  COGNITO_CLIENT_SECRET: options.clientSecret,
  COGNITO_ENDPOINT: options.endpoint,
  COGNITO_ISSUER: options.issuer,
});
const { AppModule } = await import('./app.module.js');
const app = await NestFactory.create(AppModule, { logger: false });
app.useGlobalPipes(new ValidationPipe({ whitelist: true, transform: true }));
await app.listen(0, '127.0.0.1');
const url = await app.getUrl();
const anonymous = await fetch(url + '/me');
const signedIn = await fetch(url + '/auth/authenticate', {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ username: 'ann', password }),
});
const { tokens } = (await signedIn.json()) as { tokens: { accessToken: string } };
const me = await fetch(url + '/me', { headers: { authorization: 'Bearer ' + tokens.accessToken } });
console.log(JSON.stringify({ anonymous: anonymous.status, me: me.status, user: await me.json() }));
await app.close();
await cognito.stop();
`;

describe('the packed package', () => {
  let folder: string;
  let tarball: string;
  let files: PackedFile[];

  beforeAll(async () => {
    ({ folder, tarball, files } = await packPackage());
  });

  afterAll(() => removeFolder(folder));

  it('holds what users need and nothing else', () => {
    const paths = files.map(({ path }) => path);
    const strangers = paths.filter((path) => !/^dist\/[\w./-]+\.(js|d\.ts)$/.test(path));
    expect(strangers.sort()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']);
    expect(paths).toEqual(expect.arrayContaining(['dist/index.js', 'dist/index.d.ts', 'dist/testing/cli.js']));
  });

  it('holds every file that its exports and its command name', async () => {
    const manifest = JSON.parse(await readFile(join(__dirname, '..', '..', 'package.json'), 'utf8')) as {
      exports: Record<string, string | Record<string, string>>;
      bin: Record<string, string>;
    };
    const named = [...Object.values(manifest.exports), manifest.bin].flatMap((entry) =>
      typeof entry === 'string' ? [entry] : Object.values(entry),
    );
    const paths = files.map(({ path }) => path);
    expect(named.map((path) => path.replace('./', '')).filter((path) => !paths.includes(path))).toEqual([]);
  });

  it('keeps the documentation in the types', async () => {
    const types = await readFile(join(__dirname, '..', '..', 'dist', 'mandate.options.d.ts'), 'utf8');
    expect(types).toContain("/** The user pool's id");
  });

  describe.each([
    ['Nest 12', '^12.0.0', '^12.0.0'],
    ['Nest 11', '^11.0.0', '^4.0.0'],
  ])('in an empty app on %s', (_, nest, config) => {
    let app: string;

    beforeAll(async () => {
      app = await emptyApp({
        '@nestjs/common': nest,
        '@nestjs/core': nest,
        '@nestjs/platform-express': nest,
        '@nestjs/passport': nest,
        '@nestjs/config': config,
        'class-transformer': '^0.5.1',
        'class-validator': '^0.15.1',
        mandate: `file:${tarball}`,
        passport: '^0.7.0',
        'reflect-metadata': '^0.2.2',
        rxjs: '^7.8.2',
        typescript: '6.0.3',
        '@types/node': '^20.0.0',
      });
      await run(app, 'npm', 'install', '--no-audit', '--no-fund', '--loglevel=error');
    });

    afterAll(() => removeFolder(app));

    it("compiles the README's code and runs it in plain Node", async () => {
      const code = Object.entries(await readmeFiles())
        .filter(([path]) => path.startsWith(SAMPLE))
        .map(([path, text]) => [path.replace(SAMPLE, 'src/'), text]);
      expect(code.map(([path]) => path)).toContain('src/app.module.ts');
      await writeFiles(app, { ...Object.fromEntries(code), 'src/smoke.ts': SMOKE });
      await run(app, 'npx', '--no-install', 'tsc');
      const printed = await run(app, process.execPath, 'dist/smoke.js');
      expect(JSON.parse(printed)).toMatchObject({ anonymous: 401, me: 200, user: { username: 'ann' } });
    });

    it('offers the command', async () => {
      expect(await run(app, 'npx', '--no-install', 'mandate', '--help')).toContain('mandate local');
    });
  });
});
