import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';

import { unfinishedRequest } from '../support/unfinished-request.js';
import {
  emptyApp,
  install,
  type PackedFile,
  packPackage,
  readmeFiles,
  readmeJson,
  removeFolder,
  root,
  run,
  runTool,
  setModuleType,
  sourceOf,
  writeFiles,
} from './packed-app.js';
import { freePort, occupyPort, StartedProgram } from './started-program.js';

jest.setTimeout(300_000);

const SAMPLE = 'sample/01-quick-start/src/';

/** An embedded Cognito of the packed package, in plain Node: prints what the README's application reads. */
const COGNITO = `
import { LocalCognito } from 'mandate/testing';

async function start() {
  const users = [{ username: 'ann', password: 'Correct-Horse-9' }];
  const cognito = await LocalCognito.start({ pools: [{ name: 'p', clients: [{ name: 'c', secret: true }], users }] });
  const options = cognito.pool().moduleOptions();
  console.log(JSON.stringify({
    COGNITO_USER_POOL_ID: options.userPoolId,
    COGNITO_CLIENT_ID: options.clientId,
    COGNITO_CLIENT_SECRET: options.clientSecret,
    COGNITO_ENDPOINT: options.endpoint,
    COGNITO_ISSUER: options.issuer,
  }));
}
void start();
`;

/** The README's application, as a reader has it after copying its blocks, with the sample's own `MeController`. */
async function readmeApp(): Promise<Record<string, string>> {
  const blocks = await readmeFiles();
  const sources = {
    'src/app.module.ts': `${SAMPLE}app.module.ts`,
    'src/auth.controller.ts': 'test/package/readme/auth.controller.ts',
    'src/main.ts': 'test/package/readme/main.ts',
  };
  const files: Record<string, string> = {
    'src/me.controller.ts': await sourceOf(`${SAMPLE}me.controller.ts`),
    'src/cognito.ts': COGNITO,
  };
  for (const [path, source] of Object.entries(sources)) {
    files[path] = blocks[source] ?? `no block of ${source}`;
  }
  return files;
}

/** Runs the compiled application beside an embedded Cognito and goes through it over HTTP. */
async function goThrough(app: string): Promise<object> {
  const cognito = new StartedProgram(app, {}, process.execPath, 'dist/cognito.js');
  const programs = [cognito];
  try {
    await cognito.untilPrinted(/\}\n/);
    const port = await freePort();
    const environment = { ...(JSON.parse(cognito.printed) as Record<string, string>), PORT: port };
    const main = new StartedProgram(app, environment, process.execPath, 'dist/main.js');
    programs.push(main);
    await main.untilListening(port);
    const origin = `http://127.0.0.1:${port}`;
    const post = (body: object) =>
      fetch(`${origin}/auth/authenticate`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const ann = { username: 'ann', password: 'Correct-Horse-9' };
    const signedIn = await post(ann);
    const { tokens } = (await signedIn.json()) as { tokens: { accessToken: string } };
    const me = await fetch(`${origin}/me`, { headers: { authorization: `Bearer ${tokens.accessToken}` } });
    return {
      anonymous: (await fetch(`${origin}/me`)).status,
      unknownMember: (await post({ ...ann, flow: 'USER_PASSWORD_AUTH' })).status,
      me: me.status,
      user: await me.json(),
    };
  } finally {
    programs.forEach((program) => {
      program.interrupt();
    });
    await Promise.all(programs.map((program) => program.untilEnded()));
  }
}

/** The parts of a source map that lead to a source. */
interface MapFile {
  readonly sourceRoot: string;
  readonly sources: readonly string[];
}

/** `npm start` builds the package; what it built is then packed without a second build. */
let isBuilt = false;

describe('npm start', () => {
  const main = 'sample/01-quick-start/dist/main.js';

  it('says how to use the quick start, which then works, and ends at once on Ctrl-C', async () => {
    const [port, cognitoPort] = [await freePort(), await freePort()];
    const program = new StartedProgram(root, { PORT: port, COGNITO_PORT: cognitoPort }, 'npm', 'start');
    try {
      await program.untilPrinted(/Ctrl-C stops everything/);
      isBuilt = true;
      const origin = `http://127.0.0.1:${port}`;
      for (const line of [origin, `${origin}/docs`, `http://127.0.0.1:${cognitoPort}`, 'demo@example.com']) {
        expect(program.printed).toContain(line);
      }
      expect(program.printed.match(/^ {2}(Sign up|Sign in|Who am I): +curl /gm)).toHaveLength(3);

      const post = (path: string, body: object) =>
        fetch(origin + path, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
      const ann = { username: 'ann', password: 'Correct-Horse-9', attributes: { email: 'ann@example.com' } };
      expect((await post('/auth/register', ann)).status).toBe(201);
      await program.untilPrinted(/ann@example\.com.*\d{6}/);
      const signedIn = await post('/auth/authenticate', { username: 'demo', password: 'Demo-Passw0rd' });
      const { tokens } = (await signedIn.json()) as { tokens: { accessToken: string } };
      const me = await fetch(`${origin}/me`, { headers: { authorization: `Bearer ${tokens.accessToken}` } });
      expect([me.status, await me.json()]).toEqual([200, expect.objectContaining({ username: 'demo' })]);
      expect((await fetch(`${origin}/docs`)).status).toBe(200);
      await Promise.all([unfinishedRequest(Number(port)), unfinishedRequest(Number(cognitoPort))]);
    } finally {
      program.interrupt();
    }
    await program.untilEnded();
  });

  it.each([
    ['PORT', 'COGNITO_PORT'],
    ['COGNITO_PORT', 'PORT'],
  ])('says so when the port of %s is in use', async (busy, free) => {
    const { port, release } = await occupyPort();
    const environment = { [busy]: String(port), [free]: await freePort() };
    const program = new StartedProgram(root, environment, process.execPath, main);
    expect(await program.untilEnded()).toBe(1);
    await release();
    expect(program.printed).toMatch(new RegExp(`${String(port)} is in use`));
    expect(program.printed).toContain(busy);
    expect(program.printed).not.toMatch(/^\s+at /m);
  });
});

describe('the packed package', () => {
  let folder: string;
  let tarball: string;
  let files: PackedFile[];

  beforeAll(async () => {
    ({ folder, tarball, files } = await packPackage({ isBuilt }));
  });

  afterAll(() => removeFolder(folder));

  it('holds what users need and nothing else', () => {
    const paths = files.map(({ path }) => path);
    const unexpected = paths.filter(
      (path) => !/^dist\/[\w./-]+\.(js|d\.ts)(\.map)?$/.test(path) && !/^lib\/[\w./-]+\.ts$/.test(path),
    );
    expect(unexpected.sort()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']);
    expect(paths).toEqual(expect.arrayContaining(['dist/index.js', 'dist/index.d.ts', 'dist/local/cli/cli.js']));
  });

  it('holds every file that its exports and its command name', async () => {
    const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
      exports: Record<string, string | Record<string, string>>;
      bin: Record<string, string>;
    };
    const named = [...Object.values(manifest.exports), manifest.bin].flatMap((entry) =>
      typeof entry === 'string' ? [entry] : Object.values(entry),
    );
    const paths = files.map(({ path }) => path);
    expect(named.map((path) => path.replace('./', '')).filter((path) => !paths.includes(path))).toEqual([]);
  });

  it('leads from each declaration to its TypeScript source', async () => {
    const paths = new Set(files.map(({ path }) => path));
    const declarations = [...paths].filter((path) => path.endsWith('.d.ts'));
    expect(declarations.length).toBeGreaterThan(100);
    for (const path of declarations) {
      const map = JSON.parse(await readFile(join(root, `${path}.map`), 'utf8')) as MapFile;
      const sources = map.sources.map((source) => posix.join(posix.dirname(path), map.sourceRoot, source));
      expect({ path, missing: [path, `${path}.map`, ...sources].filter((file) => !paths.has(file)) }).toEqual({
        path,
        missing: [],
      });
      expect(sources).toHaveLength(1);
    }
  });

  it('keeps the documentation in the types', async () => {
    const types = await readFile(join(root, 'dist', 'module', 'options.d.ts'), 'utf8');
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
        '@types/node': '^20.0.0',
        // for the README's test in CommonJS
        '@nestjs/testing': nest,
      });
      await install(app);
    });

    afterAll(() => removeFolder(app));

    it.each(['module', 'commonjs'])("compiles the README's code and runs it in plain Node: %s", async (type) => {
      await writeFiles(app, await readmeApp());
      await setModuleType(app, type);
      await runTool(app, 'typescript', 'tsc');
      expect(await goThrough(app)).toMatchObject({
        anonymous: 401,
        unknownMember: 400,
        me: 200,
        user: { username: 'ann' },
      });
    });

    it("runs the README's test with the README's settings in CommonJS", async () => {
      const folder = 'test/package/readme/';
      const [module, spec] = await Promise.all([sourceOf(`${folder}app.module.ts`), sourceOf(`${folder}me.spec.ts`)]);
      await setModuleType(app, 'commonjs');
      await writeFiles(app, {
        'jest.config.json': await readmeJson('transformIgnorePatterns'),
        'test/app.module.ts': module,
        // A CommonJS project leaves the extension out: Jest does not look for the source of a `.js`.
        'test/me.spec.ts': spec.replace('./app.module.js', './app.module'),
      });
      await runTool(app, 'jest', 'jest', '--config', 'jest.config.json', '--cacheDirectory', '.jest-cache');
    });

    it('offers the command', async () => {
      expect(await run(app, 'npx', '--no-install', 'mandate', '--help')).toContain('mandate local');
    });
  });
});
