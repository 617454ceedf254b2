import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';

import ts from 'typescript';

/**
 * The layers of lib/, highest first: a file imports from its own folder, or from a folder of a lower layer. Two injectable
 * classes in an import circle crash at import under ES modules with decorator metadata, so this is correctness.
 */
const LAYERS: readonly (readonly string[])[] = [
  ['entry'],
  ['cli', 'schematics'],
  ['testing', 'health', 'http', 'browser', 'scaffold'],
  ['module', 'local', 'dto'],
  ['user', 'admin', 'oauth', 'auth'],
  ['sign-in'],
  ['tokens', 'client'],
  ['protocol'],
  ['attributes', 'memory'],
  ['errors', 'time'],
  ['types'],
];
/** Folders that stand aside and see less than their layer would allow. */
const VISIBLE: Readonly<Record<string, readonly string[]>> = {
  // The server must not share the client's code paths, or a fault in one would hide in the other.
  local: ['protocol', 'attributes', 'memory', 'errors', 'time', 'types'],
  // Request bodies know the protocol and nothing of the services.
  dto: ['protocol', 'attributes', 'memory', 'errors', 'time', 'types'],
  // Edits the files of an application. Its packages, and the rest of this one, need not be there.
  scaffold: ['local', 'errors', 'types'],
  // Types only: see the entry mandate/browser below.
  browser: ['dto', 'protocol', 'attributes', 'errors'],
};
const ENTRIES = [
  'index.ts',
  'verifier.ts',
  'testing/index.ts',
  'dto/index.ts',
  'health/index.ts',
  'http/index.ts',
  'browser/index.ts',
];
/** What an application may leave out, or need not load: nothing that the root entry reaches at import may need it. */
const OPTIONAL = [
  'class-validator',
  'class-transformer',
  'keyv',
  '@keyv/redis',
  '@simplewebauthn/server',
  'nodemailer',
  '@nestjs/graphql',
  '@nestjs/microservices',
  '@nestjs/websockets',
  '@nestjs/terminus',
  '@nestjs/swagger',
  '@nestjs/throttler',
  '@nestjs/config',
  'graphql',
  '@aws-sdk/client-cognito-identity-provider',
  'oauth4webapi',
];

interface Import {
  readonly from: string;
  readonly specifier: string;
  readonly isTypeOnly: boolean;
  readonly isDynamic: boolean;
}

const lib = join(__dirname, '..', 'lib');
const files = readdirSync(lib, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const imports = files.flatMap(importsOf);

function importsOf(file: string): Import[] {
  const source = ts.createSourceFile(file, readFileSync(join(lib, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, isTypeOnly: boolean, isDynamic: boolean): void => {
    if (specifier && ts.isStringLiteralLike(specifier)) {
      found.push({ from: file, specifier: specifier.text, isTypeOnly, isDynamic });
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      // Of `import { type A }` an `import {}` is left in the JavaScript, so only `import type` counts as type-only.
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword, false);
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, node.isTypeOnly, false);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, true, false);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false, true);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function targetOf({ from, specifier }: Import): string | undefined {
  return specifier.startsWith('.') ? join(dirname(from), specifier).replace(/\.js$/, '.ts') : undefined;
}

function folderOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] ?? '') : 'entry';
}

function layerOf(folder: string): number {
  return LAYERS.findIndex((folders) => folders.includes(folder));
}

function isAllowed(from: string, to: string): boolean {
  const [source, target] = [folderOf(from), folderOf(to)];
  if (source === target) {
    return true;
  }
  const visible = VISIBLE[source];
  return visible ? visible.includes(target) : layerOf(target) > layerOf(source);
}

const internal = imports.flatMap((line) => {
  const to = targetOf(line);
  return to === undefined ? [] : [{ ...line, to }];
});
const show = (line: { from: string; to: string }) => `${line.from} -> ${line.to}`;

describe('lib/', () => {
  it('is read by this test', () => {
    expect(files.length).toBeGreaterThan(20);
    expect(internal.length).toBeGreaterThan(20);
  });

  it('has folders that belong to a layer', () => {
    expect(files.map(folderOf).filter((room) => layerOf(room) < 0)).toEqual([]);
  });

  it('imports only files that exist', () => {
    expect(internal.filter(({ to }) => !files.includes(to)).map(show)).toEqual([]);
  });

  it('imports only downward', () => {
    expect(internal.filter(({ from, to }) => !isAllowed(from, to)).map(show)).toEqual([]);
  });

  it('has no circle of imports', () => {
    expect(circles(internal.filter((line) => !line.isDynamic))).toEqual([]);
  });

  it('imports no barrel from inside', () => {
    expect(internal.filter(({ to }) => ENTRIES.includes(to)).map(show)).toEqual([]);
    expect(files.filter((file) => basename(file) === 'index.ts').filter((file) => !ENTRIES.includes(file))).toEqual([]);
  });

  it('has no drawer for everything', () => {
    expect(files.filter((file) => /(^|[/.-])(utils?|helpers?|common)([/.-])/.test(file))).toEqual([]);
  });

  // Of a CommonJS package that `import()` names bundlers give the members under `default` alone; so a file of our own, which
  // imports it statically, is loaded late instead. These have an ES module for `import()`, and may be missing.
  it('leaves no CommonJS package to import()', () => {
    const late = imports.filter(({ specifier, isDynamic }) => isDynamic && !specifier.startsWith('.'));
    expect(late.map(({ specifier }) => specifier)).toEqual([
      'oauth4webapi',
      '@simplewebauthn/server',
      '@simplewebauthn/server/helpers',
    ]);
  });

  it('names its errors by literals, as minifiers rename classes', () => {
    const classes = files.flatMap((file) => [
      ...readFileSync(join(lib, file), 'utf8').matchAll(
        /class (\w+(?:Error|Exception|Fault)) extends \w+ \{\n([\s\S]*?)^\}/gm,
      ),
    ]);
    expect(classes.length).toBeGreaterThan(15);
    const nameless = classes.filter(
      ([, name = '', body = '']) => !new RegExp(`override readonly name(: string)? = '${name}';`).test(body),
    );
    expect(nameless.map(([, name]) => name)).toEqual([]);
  });

  it('imports only packages that package.json names, and Node', () => {
    const manifest = JSON.parse(readFileSync(join(lib, '..', 'package.json'), 'utf8')) as Record<string, object>;
    const named = ['dependencies', 'peerDependencies'].flatMap((kind) => Object.keys(manifest[kind] ?? {}));
    const undeclared = imports
      .filter(({ specifier, isTypeOnly }) => !specifier.startsWith('.') && !isTypeOnly)
      .map(({ specifier }) => packageOf(specifier))
      .filter((name) => !named.includes(name) && !name.startsWith('node:'));
    expect([...new Set(undeclared)]).toEqual([]);
    expect(imports.filter(({ specifier }) => builtinModules.includes(specifier))).toEqual([]);
  });
});

describe.each([
  ['the root entry', 'index.ts'],
  ['the entry mandate/http', 'http/index.ts'],
])('%s', (_, entry) => {
  it('reaches no optional package at import', () => {
    expect(staticImports(entry).filter(({ specifier }) => OPTIONAL.includes(packageOf(specifier)))).toEqual([]);
  });
});

describe('the root entry', () => {
  it('reaches the module, the services and the guard', () => {
    expect([...reachableFrom('index.ts')].map(folderOf)).toEqual(
      expect.arrayContaining(['module', 'user', 'admin', 'auth']),
    );
  });

  it('does not reach the embedded pool', () => {
    expect([...reachableFrom('index.ts')].filter((file) => ['testing', 'local'].includes(folderOf(file)))).toEqual([]);
  });

  it('reaches neither the browser sessions nor what seals them', () => {
    expect([...reachableFrom('index.ts')].filter((file) => folderOf(file) === 'http')).toEqual([]);
    expect(staticImports('index.ts').filter(({ specifier }) => packageOf(specifier) === 'jose')).toEqual([]);
    // The check sees it where it is.
    expect(staticImports('http/index.ts').filter(({ specifier }) => packageOf(specifier) === 'jose')).not.toEqual([]);
  });
});

describe('the entry mandate/browser', () => {
  it('reaches nothing but its own folder, and no package', () => {
    expect([...reachableFrom('browser/index.ts')].filter((file) => folderOf(file) !== 'browser')).toEqual([]);
    expect(staticImports('browser/index.ts').filter(({ specifier }) => !specifier.startsWith('.'))).toEqual([]);
    expect([...reachableFrom('browser/index.ts')].length).toBeGreaterThan(5);
  });

  it('loads nothing late: a page gets one file', () => {
    expect(imports.filter(({ from, isDynamic }) => folderOf(from) === 'browser' && isDynamic)).toEqual([]);
  });
});

describe('the program mandate', () => {
  it('loads a command when it is called', () => {
    const others = ['cli/mandate.ts', 'cli/local/local.command.ts', 'cli/init/init.command.ts'].flatMap((file) => {
      const rooms = ['module', 'client', 'user', 'admin', 'auth', 'http', 'tokens'];
      return [...reachableFrom(file)].filter((reached) => rooms.includes(folderOf(reached)));
    });
    expect(others).toEqual([]);
    expect([...reachableFrom('cli/mandate.ts')].filter((file) => /cli\/\w+\//.test(file))).toEqual([]);
    // The check sees them where they are.
    expect([...reachableFrom('cli/doctor/doctor.command.ts')].map(folderOf)).toContain('module');
  });

  it('needs neither Nest nor the AWS SDK for mandate local, and nothing but Node for nest add', () => {
    const packages = (file: string) =>
      staticImports(file)
        .map(({ specifier }) => packageOf(specifier))
        .filter((name) => !name.startsWith('.') && !name.startsWith('node:'));
    expect(packages('cli/local/local.command.ts').filter((name) => /^@(nestjs|aws-sdk)\//.test(name))).toEqual([]);
    expect(packages('schematics/nest-add.ts')).toEqual([]);
    expect(packages('cli/init/init.command.ts')).toEqual([]);
  });
});

/** What is loaded together with an entry. */
function staticImports(entry: string): Import[] {
  const reached = reachableFrom(entry);
  return imports.filter(({ from, isTypeOnly, isDynamic }) => reached.has(from) && !isTypeOnly && !isDynamic);
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function reachableFrom(entry: string): Set<string> {
  const reached = new Set<string>();
  const open = [entry];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (!reached.has(file)) {
      reached.add(file);
      open.push(
        ...internal.filter((line) => line.from === file && !line.isTypeOnly && !line.isDynamic).map(({ to }) => to),
      );
    }
  }
  return reached;
}

/** Every circle of import lines (type imports included) as `a -> b -> a`; found by depth-first search. */
function circles(edges: readonly { from: string; to: string }[]): string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) {
      found.push([...path.slice(start), file].join(' -> '));
      return;
    }
    if (done.has(file)) {
      return;
    }
    for (const edge of edges.filter(({ from }) => from === file)) {
      visit(edge.to, [...path, file]);
    }
    done.add(file);
  };
  files.forEach((file) => {
    visit(file, []);
  });
  return found;
}

describe('the checks of this file', () => {
  it.each([
    ['user/cognito.service.ts', 'protocol/secret-hash.ts', true],
    ['user/cognito.service.ts', 'auth/cognito-auth.guard.ts', false],
    ['protocol/secret-hash.ts', 'client/app-client.ts', false],
    ['tokens/token-verifier.ts', 'client/app-client.ts', false],
    ['local/local-cognito.ts', 'protocol/srp/server.ts', true],
    ['local/local-cognito.ts', 'client/app-client.ts', false],
    ['module/mandate.module.ts', 'local/local-cognito.ts', false],
    ['sign-in/auth-exchange.ts', 'client/cognito-client.ts', true],
    ['sign-in/auth-exchange.ts', 'user/cognito.service.ts', false],
    ['dto/sign-in.dto.ts', 'user/cognito.service.ts', false],
    ['browser/auth-client.ts', 'dto/sign-in.dto.ts', true],
    ['browser/auth-client.ts', 'user/cognito.service.ts', false],
  ])('know that %s importing %s is allowed: %p', (from, to, allowed) => {
    expect(isAllowed(from, to)).toBe(allowed);
  });

  it('see a circle', () => {
    const edges = [
      { from: files[0] ?? '', to: files[1] ?? '' },
      { from: files[1] ?? '', to: files[0] ?? '' },
    ];
    expect(circles(edges)).toHaveLength(1);
  });

  it('name paths as they are on every system', () => {
    expect(relative(lib, join(lib, 'user', 'x.ts'))).toBe(join('user', 'x.ts'));
  });
});
