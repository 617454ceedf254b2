import { APP_MODULE, freshApp, metadataOf, MAIN, setUp, syntaxErrors } from './fresh-app.js';

const PATH = 'src/app.module.ts';

const IMPORTS = [
  'ConfigModule.forRoot({ isGlobal: true })',
  expect.stringMatching(/^MandateModule\.forRootAsync\(/),
  "MandateAuthApiModule.forRoot({ delivery: 'body' })",
];
const PROVIDERS = [
  '{ provide: APP_GUARD, useClass: CognitoAuthGuard }',
  '{ provide: APP_FILTER, useClass: CognitoExceptionFilter }',
];

/** A root module with this object in `@Module()`. */
function moduleWith(metadata: string, more = ''): string {
  return APP_MODULE.replace(/@Module\([\s\S]*\)\nexport/, () => `${more}@Module(${metadata})\nexport`);
}

describe('the root module of nest new', () => {
  it('gets the modules, the guard, the filter and a route, written as Prettier does', () => {
    const project = freshApp();
    const { manual } = setUp(project);
    expect(manual).toEqual([]);
    expect(project.text(PATH)).toBe(`import { Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import {
  CognitoAuthGuard,
  CognitoExceptionFilter,
  MandateModule,
} from 'mandate';
import { MandateAuthApiModule } from 'mandate/http';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { AppController } from './app.controller';
import { AppService } from './app.service';
import { MeController } from './me.controller';

@Module({
  imports: [
    ConfigModule.forRoot({ isGlobal: true }),
    MandateModule.forRootAsync({
      isGlobal: true,
      inject: [ConfigService],
      useFactory: (config: ConfigService) => ({
        userPoolId: config.getOrThrow<string>('COGNITO_USER_POOL_ID'),
        clientId: config.getOrThrow<string>('COGNITO_CLIENT_ID'),
        clientSecret: config.get<string>('COGNITO_CLIENT_SECRET'),
        // For an embedded Cognito only. Default: the addresses of Amazon Cognito.
        endpoint: config.get<string>('COGNITO_ENDPOINT'),
        issuer: config.get<string>('COGNITO_ISSUER'),
      }),
    }),
    // POST /auth/register, POST /auth/authenticate, GET /auth/me and others.
    MandateAuthApiModule.forRoot({ delivery: 'body' }),
  ],
  controllers: [AppController, MeController],
  providers: [
    AppService,
    // Every route requires a signed-in user unless it is @Public().
    { provide: APP_GUARD, useClass: CognitoAuthGuard },
    { provide: APP_FILTER, useClass: CognitoExceptionFilter },
  ],
})
export class AppModule {}
`);
  });
});

describe('a root module with parts of its own', () => {
  it('gets the names that the new code uses beside its aliases', () => {
    const text = moduleWith('{\n  providers: [{ provide: GUARD, useClass: OwnGuard }],\n}').replace(
      'import',
      "import { APP_GUARD as GUARD } from '@nestjs/core';\nimport",
    );
    const project = freshApp({ [PATH]: text });
    expect(setUp(project).manual).toEqual([]);
    expect(project.text(PATH)).toContain('import { APP_GUARD as GUARD, APP_FILTER, APP_GUARD } from');
    expect(syntaxErrors(project.text(PATH))).toEqual([]);
  });

  it.each([
    ['export class RootModule', "import { RootModule } from '../src/app.module';"],
    ['export default class RootModule', "import RootModule from '../src/app.module';"],
  ])('is imported by the test as it is exported: %s', (declaration, line) => {
    const project = freshApp({ [PATH]: APP_MODULE.replace('export class AppModule', declaration), 'src/main.ts': '' });
    setUp(project);
    expect(project.text('test/auth.e2e-spec.ts')).toContain(line);
    expect(project.text('test/auth.e2e-spec.ts')).toContain('imports: [RootModule],');
  });

  it('says that another global guard decides, too', () => {
    const text = moduleWith('{\n  providers: [{ provide: APP_GUARD, useClass: OwnGuard }],\n}');
    const { notes } = setUp(freshApp({ [PATH]: text }));
    expect(notes).toContain(
      'OwnGuard is a global guard, too. A request has to pass both, in the order of the providers.',
    );
    expect(setUp(freshApp()).notes.join()).not.toContain('is a global guard');
  });
});

describe('a root module of another shape', () => {
  it.each<[shape: string, text: string, kept: { imports?: string[]; controllers?: string[]; providers?: string[] }]>([
    ['with an empty object', moduleWith('{}'), {}],
    ['with a comment alone', moduleWith('{\n  // nothing yet\n}'), {}],
    ['without imports', moduleWith('{\n  controllers: [AppController],\n}'), { controllers: ['AppController'] }],
    [
      'on one line',
      moduleWith('{ controllers: [AppController], providers: [AppService] }'),
      { controllers: ['AppController'], providers: ['AppService'] },
    ],
    [
      'without trailing commas',
      moduleWith('{\n  imports: [\n    A,\n    B\n  ],\n  providers: [AppService]\n}'),
      { imports: ['A', 'B'], providers: ['AppService'] },
    ],
    [
      'with a bracket that closes on the last line',
      moduleWith('{\n  imports: [A,\n    B],\n  providers: [AppService] }'),
      { imports: ['A', 'B'], providers: ['AppService'] },
    ],
    ['that spreads a list', moduleWith('{\n  imports: [...shared],\n}'), { imports: ['...shared'] }],
    ['whose list is a constant', moduleWith('{\n  imports: shared,\n}'), { imports: ['...shared'] }],
    [
      'whose list is a shorthand',
      moduleWith('{\n  imports,\n  providers,\n}'),
      { imports: ['...imports'], providers: ['...providers'] },
    ],
    [
      'whose list is chosen',
      moduleWith('{\n  imports: isTest ? [] : [A],\n}'),
      { imports: ['...(isTest ? [] : [A])'] },
    ],
    ['with quoted names', moduleWith("{\n  'imports': [A],\n}"), {}],
    [
      'with comments in the lists',
      moduleWith(
        '{\n  imports: [\n    A, // the first\n    B, // the last\n    // to come: C\n  ],\n  providers: [/* all */ AppService],\n}',
      ),
      { imports: ['A', 'B'], providers: ['AppService'] },
    ],
    ['with a decorator besides', moduleWith('{\n  imports: [A],\n}', '@Global()\n'), { imports: ['A'] }],
    [
      'with another decorated class',
      APP_MODULE.replace('@Module', '@Injectable()\nclass Other {}\n\n@Module'),
      { controllers: ['AppController'] },
    ],
    [
      'with a second module',
      `${APP_MODULE}\n@Module({ imports: [X] })\nexport class OtherModule {}\n`,
      { controllers: ['AppController'] },
    ],
    ['with nothing at the end of the file', APP_MODULE.trimEnd(), { providers: ['AppService'] }],
  ])('%s is edited, and keeps what it has', (_, text, kept) => {
    const project = freshApp({ [PATH]: text });
    expect(setUp(project).manual).toEqual([]);
    const edited = project.text(PATH);
    expect(syntaxErrors(edited)).toEqual([]);
    const metadata = metadataOf(edited);
    const imports = metadata['imports'] ?? metadata["'imports'"];
    expect(imports).toEqual(expect.arrayContaining([...(kept.imports ?? []), ...IMPORTS]));
    expect(metadata['providers']).toEqual(expect.arrayContaining([...(kept.providers ?? []), ...PROVIDERS]));
    expect(metadata['controllers']).toEqual(expect.arrayContaining([...(kept.controllers ?? []), 'MeController']));
    const comments = text.match(/\/\/.*|\/\*.*?\*\//g) ?? [];
    expect(comments.filter((comment) => !edited.includes(comment))).toEqual([]);
    expect(setUp(project)).toMatchObject({ changes: [], manual: [] });
  });

  it('stays on one line where a line is enough', () => {
    const project = freshApp({ [PATH]: moduleWith('{\n  controllers: [],\n}') });
    setUp(project);
    expect(project.text(PATH)).toContain('controllers: [MeController],\n');
  });
});

describe('the style of the file', () => {
  const indented = (unit: string) => APP_MODULE.replaceAll(/^ {2}/gm, unit);

  it.each([
    ['four spaces', indented('    '), /^ {4}imports: \[\n {8}ConfigModule[\s\S]*^ {12}isGlobal: true,$/m],
    ['tabs', indented('\t'), /^\timports: \[\n\t\tConfigModule[\s\S]*^\t\t\tisGlobal: true,$/m],
    [
      'double quotes',
      APP_MODULE.replaceAll("'", '"'),
      /getOrThrow<string>\("COGNITO_CLIENT_ID"\)[\s\S]*delivery: "body"/,
    ],
    ['no semicolons', APP_MODULE.replaceAll(';', ''), /^import \{ MandateAuthApiModule \} from 'mandate\/http'$/m],
    ['CRLF', APP_MODULE.replaceAll('\n', '\r\n'), /isGlobal: true,\r\n/],
  ])('with %s is kept', (_, text, expected) => {
    const project = freshApp({ [PATH]: text });
    expect(setUp(project).manual).toEqual([]);
    const edited = project.text(PATH);
    expect(edited).toMatch(expected);
    expect(syntaxErrors(edited)).toEqual([]);
    if (text.includes('\r\n')) {
      expect(edited.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    }
    if (text.includes('"')) {
      expect(edited).not.toContain("'");
    }
  });

  it('is that of new files too', () => {
    const project = freshApp({ [PATH]: indented('\t').replaceAll("'", '"') });
    setUp(project);
    expect(project.text('src/me.controller.ts')).toContain('\t@Get()\n');
    expect(project.text('test/auth.e2e-spec.ts')).toContain('import { LocalCognito } from "mandate/testing";');
  });
});

describe('imports of the file', () => {
  it('are extended where a package is imported already', () => {
    const project = freshApp({
      [PATH]: `import { APP_PIPE } from '@nestjs/core';\nimport type { Provider } from '@nestjs/core'; // a type\n${APP_MODULE}`,
    });
    setUp(project);
    expect(project.text(PATH)).toContain("import { APP_PIPE, APP_FILTER, APP_GUARD } from '@nestjs/core';\n");
    expect(project.text(PATH)).toContain("import type { Provider } from '@nestjs/core'; // a type\n");
  });

  it('are extended on lines of their own where they have these', () => {
    const project = freshApp({ [PATH]: `import {\n  APP_PIPE,\n} from '@nestjs/core';\n${APP_MODULE}` });
    setUp(project);
    expect(project.text(PATH)).toContain(
      "import {\n  APP_PIPE,\n  APP_FILTER,\n  APP_GUARD,\n} from '@nestjs/core';\n",
    );
  });

  it('may rename Module, or have it in a namespace', () => {
    for (const text of [
      APP_MODULE.replace('{ Module }', '{ Module as NestModule }').replace('@Module', '@NestModule'),
      APP_MODULE.replace('{ Module }', '* as common').replace('@Module', '@common.Module'),
    ]) {
      const project = freshApp({ [PATH]: text });
      expect(setUp(project).manual).toEqual([]);
      expect(syntaxErrors(project.text(PATH))).toEqual([]);
      expect(project.text(PATH)).toContain('MandateModule.forRootAsync');
    }
  });
});

describe('what the application has already', () => {
  it('is not added again: a global ConfigModule', () => {
    const text = moduleWith('{\n  imports: [ConfigModule.forRoot({ isGlobal: true, cache: true })],\n}').replace(
      '\n',
      "\nimport { ConfigModule } from '@nestjs/config';\n",
    );
    const project = freshApp({ [PATH]: text });
    setUp(project);
    expect(project.text(PATH).match(/ConfigModule\.forRoot/g)).toHaveLength(1);
    expect(project.text(PATH)).toContain("import { ConfigModule, ConfigService } from '@nestjs/config';");
    expect(project.text(PATH)).not.toContain('imports: [ConfigModule],');
  });

  it('is imported where it is not global: a ConfigModule in a module of its own', () => {
    const project = freshApp({
      [PATH]: APP_MODULE.replace('imports: []', 'imports: [CoreModule]').replace(
        '\n',
        "\nimport { CoreModule } from './core/core.module';\n",
      ),
      'src/core/core.module.ts':
        "import { ConfigModule } from '@nestjs/config';\n@Module({ imports: [ConfigModule.forRoot()] })\nexport class CoreModule {}\n",
    });
    setUp(project, { api: 'cookie' });
    expect(project.text(PATH)).not.toContain('ConfigModule.forRoot');
    expect(project.text(PATH).match(/ {6}imports: \[ConfigModule\],/g)).toHaveLength(2);
  });

  it('is found in files that the root module imports', () => {
    const project = freshApp({
      [PATH]: APP_MODULE.replace('imports: []', 'imports: [AuthModule]').replace(
        '\n',
        "\nimport { AuthModule } from './auth';\n",
      ),
      'src/auth/index.ts': "export * from './auth.module';\n",
      'src/auth/auth.module.ts': `@Module({ imports: [MandateModule.forRoot(options), MandateAuthApiModule.forRoot({ delivery: 'body' })],
        providers: [{ provide: APP_GUARD, useExisting: CognitoAuthGuard }, { provide: APP_FILTER, useClass: CognitoExceptionFilter }] })
        export class AuthModule {}`,
      '.env': 'COGNITO_USER_POOL_ID=eu-west-1_AbCdEfGhI\n',
      '.env.example': 'COGNITO_USER_POOL_ID=\n',
      '.gitignore': '.env\n',
      'package.json': JSON.stringify({
        dependencies: Object.fromEntries(
          [
            '@nestjs/core',
            '@nestjs/config',
            '@nestjs/passport',
            '@nestjs/throttler',
            'class-transformer',
            'class-validator',
            'mandate',
            'passport',
          ].map((name) => [name, '^11.0.0']),
        ),
      }),
    });
    expect(setUp(project)).toMatchObject({ changes: [], manual: [], install: undefined });
  });

  it('is found in main.ts: global guards and filters', () => {
    const project = freshApp({
      'src/main.ts': MAIN.replace(
        '  await app.listen',
        '  app.useGlobalGuards(app.get(CognitoAuthGuard));\n  app.useGlobalFilters(new CognitoExceptionFilter());\n  await app.listen',
      ),
    });
    setUp(project);
    expect(project.text(PATH)).not.toContain('APP_GUARD');
    expect(project.text(PATH)).not.toContain('APP_FILTER');
    expect(project.text('src/app.controller.ts')).not.toContain('@Public()');
  });
});

describe('a root module that is not edited', () => {
  it.each([
    ['that has no object', moduleWith('metadata'), 'its @Module() has no object literal'],
    ['without a decorator', 'export class AppModule {}\n', 'it has no class with @Module()'],
    [
      'that has a CognitoAuthGuard of its own',
      APP_MODULE.replace('\n', "\nimport { CognitoAuthGuard } from './guards';\n"),
      'the name CognitoAuthGuard is taken by something that is not of the package mandate',
    ],
  ])('%s stays as it is, with the code to paste', (_, text, reason) => {
    const project = freshApp({ [PATH]: text });
    const { manual, changes, notes } = setUp(project);
    expect(notes[0]).toBe(
      `Once ${PATH} has the code above, every route requires a signed-in user, unless it or its controller has @Public().`,
    );
    expect(project.text(PATH)).toBe(text);
    expect(manual).toEqual([{ path: PATH, reason: `It is not edited, because ${reason}`, code: expect.any(String) }]);
    expect(manual[0]?.code).toContain(
      "import { CognitoAuthGuard, CognitoExceptionFilter, MandateModule } from 'mandate';",
    );
    expect(manual[0]?.code).toContain('  MandateModule.forRootAsync({\n');
    expect(changes.map(({ path }) => path)).toContain('src/me.controller.ts');
  });

  it.each([
    [{ reason: 'The package typescript is not installed here.' }, 'The package typescript is not installed here'],
    [
      { reason: 'TypeScript 7.0.0 does not have the API that files are edited with.' },
      'TypeScript 7.0.0 does not have the API that files are edited with',
    ],
  ])('for want of a compiler stays as it is: %o', (compiler, reason) => {
    const project = freshApp();
    const { manual } = setUp(project, { api: 'controller' }, compiler);
    expect(manual.map(({ path, reason: told }) => [path, told])).toEqual([
      [PATH, reason],
      ['src/main.ts', reason],
      ['src/app.controller.ts', reason],
    ]);
    expect(project.text(PATH)).toBe(APP_MODULE);
    expect(project.exists('src/auth/auth.controller.ts')).toBe(true);
  });
});
