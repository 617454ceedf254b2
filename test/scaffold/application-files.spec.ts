import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

import ts from 'typescript';

import { LocalCognito } from 'mandate/testing';

import { describeChanges, describeRest } from '../../lib/scaffold/describe-plan.js';
import { DEFAULT_POOL } from '../../lib/local/default-pool.js';
import { planScaffold } from '../../lib/scaffold/plan-scaffold.js';
import { ScaffoldError } from '../../lib/scaffold/scaffold-options.js';
import { chooseTypeScript } from '../../lib/scaffold/source/typescript.js';
import {
  APP_CONTROLLER,
  APP_MODULE,
  freshApp,
  JEST_E2E,
  MAIN,
  manifest,
  MemoryProject,
  OPTIONS,
  setUp,
  syntaxErrors,
} from './fresh-app.js';

const PATTERN = String.raw`/node_modules/(?!(\.\w+|mandate|jose|@nestjs)/)`;

it.each(['jest.config.json', 'jest.ts-jest.json'])('the pattern for Jest is that of the documentation: %s', (file) => {
  const settings = JSON.parse(readFileSync(join(__dirname, '../docs/files', file), 'utf8')) as object;
  expect(settings).toMatchObject({ transformIgnorePatterns: [PATTERN] });
});

describe('a second run', () => {
  it.each(['body', 'cookie', 'controller', 'none'] as const)('changes nothing: --api %s', (api) => {
    const project = freshApp();
    expect(setUp(project, { api }).changes.length).toBeGreaterThan(7);
    const files = new Map(project.files);
    const again = setUp(project, { api });
    expect(again).toMatchObject({ changes: [], manual: [], install: undefined });
    expect(project.files).toEqual(files);
    expect(describeRest(again)).toEqual(['Nothing to change: the application is set up with mandate already.']);
  });

  it('leaves alone what the user has made of the files', () => {
    const project = freshApp();
    setUp(project);
    const own = project.text('src/me.controller.ts').replace("'me'", "'whoami'");
    project.write('src/me.controller.ts', own);
    project.files.delete('test/auth.e2e-spec.ts');
    expect(setUp(project).changes).toEqual([]);
    expect(project.text('src/me.controller.ts')).toBe(own);
  });

  it('adds what is missing: routes of another kind', () => {
    const project = freshApp();
    setUp(project, { api: 'none' });
    const { changes } = setUp(project, { api: 'body' });
    expect(changes.map(({ path }) => path).sort()).toEqual(['package.json', 'src/app.module.ts']);
  });
});

it('writes nothing before all is planned', () => {
  const project = freshApp();
  const files = new Map(project.files);
  const plan = planScaffold(project, OPTIONS, ts);
  expect(project.files).toEqual(files);
  expect(describeChanges(plan)).toEqual(
    expect.arrayContaining([
      'CREATE src/me.controller.ts',
      'UPDATE src/app.controller.ts: GET / is @Public()',
      expect.stringMatching(/^UPDATE src\/app\.module\.ts: imports ConfigModule, imports MandateModule, /),
    ]),
  );
});

describe('the controllers', () => {
  it('GET / of nest new stays open, for its tests, and the user is told', () => {
    const project = freshApp();
    const { notes } = setUp(project);
    expect(project.text('src/app.controller.ts')).toContain('  @Public()\n  @Get()\n  getHello()');
    expect(notes).toContain('Every route now requires a signed-in user, unless it or its controller has @Public().');
    expect(notes).toContain('GET / has it, so that its tests go on passing.');
  });

  it.each([
    ['with a path', APP_CONTROLLER.replace('@Get()', "@Get('hello')")],
    ['that is public already', APP_CONTROLLER.replace('@Get()', '@Public() @Get()')],
    ['that answers something else', APP_CONTROLLER.replace('this.appService.getHello()', "'the secret of the day'")],
  ])('a route of the application %s is not touched', (_, text) => {
    const project = freshApp({ 'src/app.controller.ts': text });
    setUp(project);
    expect(project.text('src/app.controller.ts')).toBe(text);
  });

  it('a file in the way is left, with the code to paste', () => {
    const own = "@Controller('auth')\nexport class AuthController {}\n";
    const project = freshApp({ 'src/auth/auth.controller.ts': own });
    const { manual } = setUp(project, { api: 'controller' });
    expect(project.text('src/auth/auth.controller.ts')).toBe(own);
    expect(manual).toEqual([
      {
        path: 'src/auth/auth.controller.ts',
        reason: 'It exists, and is not overwritten',
        code: expect.stringContaining('export class AuthController') as string,
      },
    ]);
    expect(project.text('src/app.module.ts')).not.toContain('AuthController');
  });
});

describe('main.ts', () => {
  const PIPE = `  const app = await NestFactory.create(AppModule);
  app.useGlobalPipes(
    new ValidationPipe({
      whitelist: true,
      forbidNonWhitelisted: true,
      transform: true,
    }),
  );
`;

  it('validates bodies for a controller of one’s own', () => {
    const project = freshApp();
    setUp(project, { api: 'controller' });
    expect(project.text('src/main.ts')).toContain(PIPE);
    expect(project.text('src/main.ts')).toContain("import { ValidationPipe } from '@nestjs/common';");
  });

  it.each([
    [
      'with a pipe',
      MAIN.replace('  await app.listen', '  app.useGlobalPipes(new ValidationPipe());\n  await app.listen'),
    ],
  ])('%s is not touched', (_, text) => {
    const project = freshApp({ 'src/main.ts': text });
    setUp(project, { api: 'controller' });
    expect(project.text('src/main.ts')).toBe(text);
  });

  it('is edited with Fastify, and with another name for the application', () => {
    const fastify = MAIN.replace(
      'const app = await NestFactory.create(AppModule);',
      'const server = await NestFactory.create<NestFastifyApplication>(\n    AppModule,\n    new FastifyAdapter(),\n  );',
    ).replace('app.listen', 'server.listen');
    const project = freshApp({ 'src/main.ts': fastify });
    expect(setUp(project, { api: 'controller' }).manual).toEqual([]);
    expect(project.text('src/main.ts')).toContain('    new FastifyAdapter(),\n  );\n  server.useGlobalPipes(\n');
    expect(syntaxErrors(project.text('src/main.ts'))).toEqual([]);
  });

  it('that is written otherwise is left, with the code to paste', () => {
    const text = 'void NestFactory.create(AppModule).then((app) => app.listen(3000));\n';
    const project = freshApp({ 'src/main.ts': text });
    const { manual } = setUp(project, { api: 'controller' });
    expect(manual.map(({ path }) => path)).toEqual(['src/main.ts']);
    expect(project.text('src/main.ts')).toBe(text);
  });
});

describe('Swagger', () => {
  const withSwagger = {
    'package.json': manifest({ dependencies: { '@nestjs/core': '^11.0.1', '@nestjs/swagger': '^11.0.0' } }),
  };

  it('is not brought to an application without it', () => {
    const project = freshApp();
    setUp(project);
    expect(project.text('src/main.ts')).toBe(MAIN);
  });

  it('gets a document with the security schemes', () => {
    const project = freshApp(withSwagger);
    setUp(project);
    const main = project.text('src/main.ts');
    expect(main).toContain('components: { securitySchemes: authSecuritySchemes(app) },');
    expect(main).toContain("import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';");
    expect(main).toContain("import { authSecuritySchemes } from 'mandate/http';");
    expect(syntaxErrors(main)).toEqual([]);
  });

  it('is made after a global prefix is set, so that it has the right paths', () => {
    const project = freshApp({
      ...withSwagger,
      'src/main.ts': MAIN.replace('  await app.listen', "  app.setGlobalPrefix('api');\n  await app.listen"),
    });
    setUp(project);
    const main = project.text('src/main.ts');
    expect(main.indexOf('createDocument')).toBeGreaterThan(main.indexOf('setGlobalPrefix'));
    expect(main.indexOf('createDocument')).toBeLessThan(main.indexOf('app.listen'));
    expect(syntaxErrors(main)).toEqual([]);
  });

  it('gets the security schemes in the document that it has', () => {
    const own = MAIN.replace(
      '  await app.listen',
      '  const config = new DocumentBuilder().build();\n  const document = SwaggerModule.createDocument(app, config);\n  await app.listen',
    );
    const project = freshApp({ ...withSwagger, 'src/main.ts': own });
    expect(setUp(project).manual).toEqual([]);
    const main = project.text('src/main.ts');
    expect(main).toContain('createDocument(app, {\n    ...config,\n    components: {\n      ...config.components,\n');
    expect(syntaxErrors(main)).toEqual([]);
    expect(setUp(project).changes).toEqual([]);
  });
});

describe('the environment', () => {
  it('that names a part of the pool is left as it is, and what is missing is said', () => {
    const project = freshApp({ '.env': 'COGNITO_DOMAIN=x\n' });
    const { notes } = setUp(project);
    expect(project.text('.env')).toBe('COGNITO_DOMAIN=x\n');
    expect(notes).toContain(
      '.env has no COGNITO_USER_POOL_ID and no COGNITO_CLIENT_ID. The application needs a value: set it there.',
    );
    expect(setUp(freshApp()).notes.join()).not.toContain('.env has no');
  });

  it('is that of the embedded Cognito, so that the application runs at once', async () => {
    const project = freshApp();
    setUp(project);
    const variables = parseEnv(project.text('.env'));
    expect(parseEnv(project.text('.env.example'))).toEqual(variables);
    expect(project.text('.gitignore')).toBe('node_modules\ndist\n.env\n');
    const cognito = await LocalCognito.start({ pools: [DEFAULT_POOL] });
    const { userPoolId, clientId } = cognito.pool().moduleOptions();
    await cognito.stop();
    expect(variables).toEqual({
      COGNITO_USER_POOL_ID: userPoolId,
      COGNITO_CLIENT_ID: clientId,
      COGNITO_ENDPOINT: 'http://127.0.0.1:9229',
      COGNITO_ISSUER: `http://127.0.0.1:9229/${userPoolId}`,
    });
  });

  it('has a secret of its own for cookies, which the example does not have', () => {
    const project = freshApp();
    setUp(project, { api: 'cookie' });
    expect(parseEnv(project.text('.env'))['SESSION_SECRET']).toHaveLength(43);
    expect(parseEnv(project.text('.env.example'))['SESSION_SECRET']).toBe('');
  });

  it('keeps the pool, the lines and the file of ignored files that are there', () => {
    const project = freshApp({
      '.env': 'PORT=4000\nCOGNITO_USER_POOL_ID=eu-west-1_AbCdEfGhI',
      '.gitignore': 'node_modules\n/.env*\n.env*\n',
    });
    setUp(project, { api: 'cookie' });
    expect(project.text('.env')).toMatch(/^PORT=4000\nCOGNITO_USER_POOL_ID=eu-west-1_AbCdEfGhI\n# Where/);
    expect(project.text('.env').match(/COGNITO_/g)).toHaveLength(1);
    expect(project.text('.gitignore')).toBe('node_modules\n/.env*\n.env*\n');
  });
});

describe('the configuration of Jest', () => {
  it('compiles the ES modules among the dependencies, and stays as it is written', () => {
    const project = freshApp();
    setUp(project);
    const { jest } = JSON.parse(project.text('package.json')) as { jest: object };
    expect(jest).toEqual({
      rootDir: 'src',
      transform: { '^.+\\.(t|j)s$': 'ts-jest' },
      transformIgnorePatterns: [PATTERN],
    });
    const e2e = project.text('test/jest-e2e.json');
    expect(JSON.parse(e2e)).toMatchObject({ transformIgnorePatterns: [PATTERN] });
    expect(e2e.startsWith(JEST_E2E.slice(0, JEST_E2E.lastIndexOf('\n}')))).toBe(true);
  });

  it('in TypeScript gets a member', () => {
    const text =
      "const config: Config = {\n  rootDir: '.',\n  testEnvironment: 'node',\n};\n\nexport default config;\n";
    const project = freshApp({ 'package.json': manifest({ jest: undefined }), 'jest.config.ts': text });
    setUp(project);
    const edited = project.text('jest.config.ts');
    expect(edited).toContain(
      "  testEnvironment: 'node',\n  transformIgnorePatterns: ['/node_modules/(?!(\\\\.\\\\w+|mandate|jose|@nestjs)/)'],\n};",
    );
    expect(syntaxErrors(edited)).toEqual([]);
  });

  it('is left alone where Jest loads ES modules as they are, with CommonJS on Nest 12', () => {
    const scripts = { test: 'node --experimental-vm-modules ./node_modules/jest/bin/jest.js' };
    const config = "export default {\n  rootDir: '.',\n};\n";
    const project = freshApp({ 'package.json': manifest({ scripts }), 'jest.config.ts': config });
    const { notes } = setUp(project);
    expect(project.text('jest.config.ts')).toBe(config);
    expect(project.text('test/jest-e2e.json')).toBe(JEST_E2E);
    expect(notes).toContainEqual(expect.stringContaining('The tests need Node 24.9 or later'));
  });

  it('with patterns of its own is left, with the code to paste', () => {
    const jest = { transformIgnorePatterns: ['/node_modules/(?!nanoid)'] };
    const project = freshApp({ 'package.json': manifest({ jest }), 'test/jest-e2e.json': JSON.stringify(jest) });
    const { manual } = setUp(project);
    expect(manual.map(({ path }) => path)).toEqual(['package.json', 'test/jest-e2e.json']);
    expect(JSON.parse(project.text('package.json'))).toMatchObject({ jest });
  });
});

describe('the packages', () => {
  it('are those that the code needs, for the version of Nest', () => {
    const project = freshApp();
    const { install } = setUp(project);
    expect(install).toBe('npm');
    const { dependencies } = JSON.parse(project.text('package.json')) as { dependencies: Record<string, string> };
    expect(dependencies).toEqual({
      '@nestjs/common': '^11.0.1',
      '@nestjs/config': '^4.0.0',
      '@nestjs/core': '^11.0.1',
      '@nestjs/passport': '^11.0.0',
      '@nestjs/throttler': '^6.7.0',
      'class-transformer': '^0.5.1',
      'class-validator': '^0.15.1',
      mandate: '^1.2.3',
      passport: '^0.7.0',
      rxjs: '^7.8.1',
    });
    const twelve = freshApp({
      'package.json': manifest({ dependencies: { '@nestjs/core': '^12.0.0', mandate: 'file:x.tgz' } }),
    });
    setUp(twelve, { api: 'none' });
    expect(JSON.parse(twelve.text('package.json'))).toMatchObject({
      dependencies: { '@nestjs/config': '^12.0.0', '@nestjs/passport': '^12.0.0', mandate: 'file:x.tgz' },
    });
    expect(twelve.text('package.json')).not.toContain('class-validator');
  });

  it.each([
    ['pnpm-lock.yaml', 'pnpm'],
    ['yarn.lock', 'yarn'],
    ['bun.lock', 'bun'],
    ['package-lock.json', 'npm'],
  ])('are installed by the owner of %s: %s', (file, manager) => {
    expect(setUp(freshApp({ [file]: '' })).install).toBe(manager);
  });

  it('are installed by the package manager that package.json names', () => {
    const project = freshApp({ 'package.json': manifest({ packageManager: 'yarn@4.1.0' }), 'package-lock.json': '' });
    expect(setUp(project).install).toBe('yarn');
  });

  it('are added to a package.json with a byte order mark', () => {
    const project = freshApp({ 'package.json': `\uFEFF${manifest()}`, 'nest-cli.json': '\uFEFF{}' });
    setUp(project);
    expect(project.text('package.json')).toMatch(/^\uFEFF\{\n {2}"name": "app",\n[^]*"mandate": "\^1\.2\.3"/);
  });

  it('stay in the style of package.json', () => {
    const project = freshApp({ 'package.json': manifest().replaceAll('  ', '\t').replaceAll('\n', '\r\n') });
    setUp(project);
    expect(project.text('package.json')).toContain('\r\n\t\t"mandate": "^1.2.3",\r\n');
  });
});

describe('an application of ES modules', () => {
  it('imports by the names of the compiled files, and has its test for Vitest', () => {
    const esm = (text: string) => text.replaceAll(/from '(\.\/[\w.]+)'/g, "from '$1.js'");
    const project = freshApp({
      'package.json': manifest({ type: 'module', devDependencies: { vitest: '^4.0.0' } }),
      'src/app.module.ts': esm(APP_MODULE),
      'src/app.controller.ts': esm(APP_CONTROLLER),
      'src/main.ts': esm(MAIN),
    });
    const { manual } = setUp(project);
    expect(manual).toEqual([]);
    expect(project.text('src/app.module.ts')).toContain("import { MeController } from './me.controller.js';");
    expect(project.text('test/auth.e2e-spec.ts')).toContain("import { AppModule } from '../src/app.module.js';");
    expect(project.text('test/auth.e2e-spec.ts')).toContain("from 'supertest/types.js'");
    expect(project.text('package.json')).not.toContain('transformIgnorePatterns');
    expect(project.text('test/jest-e2e.json')).toBe(JEST_E2E);
  });
});

describe('a monorepo', () => {
  const monorepo = () =>
    new MemoryProject({
      'package.json': manifest(),
      'nest-cli.json': JSON.stringify({
        sourceRoot: 'apps/api/src',
        projects: { api: { sourceRoot: 'apps/api/src' }, admin: { sourceRoot: 'apps/admin/src', entryFile: 'start' } },
      }),
      'apps/api/src/app.module.ts': APP_MODULE,
      'apps/api/src/main.ts': MAIN,
      'apps/admin/src/admin.module.ts': APP_MODULE.replace('AppModule', 'AdminModule'),
      'apps/admin/src/admin.controller.ts': APP_CONTROLLER.replaceAll('App', 'Admin'),
      'apps/admin/src/start.ts': MAIN.replaceAll('AppModule', 'AdminModule').replace('app.module', 'admin.module'),
      'apps/admin/test/jest-e2e.json': JEST_E2E,
    });

  it('has its default project set up', () => {
    const project = monorepo();
    setUp(project);
    expect(project.text('apps/api/src/app.module.ts')).toContain('MandateModule');
    expect(project.exists('apps/api/test/auth.e2e-spec.ts')).toBe(true);
  });

  it.each([{ project: 'admin' }, { sourceRoot: 'apps/admin/src' }])(
    'has the project set up that is named: %o',
    (options) => {
      const project = monorepo();
      setUp(project, options);
      expect(project.text('apps/api/src/app.module.ts')).toBe(APP_MODULE);
      expect(project.text('apps/admin/src/admin.module.ts')).toContain('MandateModule');
      expect(project.text('apps/admin/src/admin.controller.ts')).toContain('  @Public()\n  @Get()\n');
      expect(project.text('apps/admin/test/auth.e2e-spec.ts')).toContain(
        "import { AdminModule } from '../src/admin.module';",
      );
      expect(project.text('apps/admin/test/jest-e2e.json')).toContain('transformIgnorePatterns');
    },
  );

  it('is asked which project it means if it has no such one', () => {
    expect(() => setUp(monorepo(), { project: 'web' })).toThrow(
      new ScaffoldError('nest-cli.json has no project "web". It has: api, admin.'),
    );
  });
});

describe('the root module', () => {
  it('is the one that main.ts names', () => {
    const project = freshApp({
      'src/main.ts': MAIN.replace('./app.module', './root/root.module').replaceAll('AppModule', 'RootModule'),
      'src/root/root.module.ts': APP_MODULE.replace('AppModule', 'RootModule'),
    });
    setUp(project);
    expect(project.text('src/app.module.ts')).toBe(APP_MODULE);
    expect(project.text('src/root/root.module.ts')).toContain("import { MeController } from '../me.controller';");
  });

  it('is the one that --path names', () => {
    const project = freshApp({ 'src/core.module.ts': APP_MODULE.replace('AppModule', 'CoreModule') });
    setUp(project, { module: './src/core.module.ts' });
    expect(project.text('src/core.module.ts')).toContain('MandateModule');
    expect(project.text('src/app.module.ts')).toBe(APP_MODULE);
  });
});

describe('a folder that is not set up', () => {
  it.each<[string, Record<string, string>, string | undefined, RegExp]>([
    [
      'without package.json',
      {},
      undefined,
      /There is no package\.json here\. Run this in the folder of a NestJS application\./,
    ],
    ['with a broken package.json', { 'package.json': '{' }, undefined, /package\.json is not valid JSON/],
    ['without Nest', { 'package.json': '{"dependencies":{}}' }, undefined, /does not have @nestjs\/core/],
    [
      'with Nest 10',
      { 'package.json': '{"dependencies":{"@nestjs/core":"^10.4.0"}}' },
      undefined,
      /works with NestJS 11 and 12, and this application has "\^10\.4\.0"/,
    ],
    [
      'without a root module',
      { 'package.json': manifest() },
      undefined,
      /no root module at src\/app\.module\.ts.*--path/,
    ],
    [
      'without the file that is named',
      { 'package.json': manifest() },
      'src/x.ts',
      /no file src\/x\.ts, which --path names/,
    ],
    [
      'with a root module in JavaScript that is named',
      { 'package.json': manifest(), 'src/app.module.js': '' },
      'src/app.module.js',
      /^src\/app\.module\.js is JavaScript, and only files of TypeScript are edited\. Write the code by hand: https:\S+$/,
    ],
    [
      'in JavaScript',
      { 'package.json': manifest(), 'src/app.module.js': '' },
      undefined,
      /^src\/app\.module\.js is JavaScript/,
    ],
    [
      'with a broken nest-cli.json',
      { 'package.json': manifest(), 'nest-cli.json': '{' },
      undefined,
      /nest-cli\.json is not valid JSON/,
    ],
  ])('%s', (_, files, module, message) => {
    const project = new MemoryProject(files);
    expect(() => setUp(project, { module })).toThrow(message);
    expect(Object.fromEntries(project.files)).toEqual(files);
  });
});

describe('the compiler', () => {
  const none = () => {
    throw new Error('none');
  };

  it('is that of the application, or of its Nest CLI', () => {
    expect(chooseTypeScript([() => ts, none])).toBe(ts);
    expect(chooseTypeScript([none, () => ts])).toBe(ts);
    expect(chooseTypeScript([() => ({ version: '7.0.0' }), () => ({ default: ts })])).toBe(ts);
  });

  it('may be missing', () => {
    expect(chooseTypeScript([none, none])).toEqual({ reason: expect.stringMatching(/not installed here/) as string });
    expect(chooseTypeScript([() => ({ version: '7.0.0' }), none])).toEqual({
      reason: 'TypeScript 7.0.0 does not have the API that files are edited with.',
    });
  });
});
