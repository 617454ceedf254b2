import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

import ts from 'typescript';

import { parse } from './declarations.js';
import { root } from './page.js';

/** What a file imports when it is loaded, and by `import()`. */
interface Imports {
  readonly loaded: readonly string[];
  readonly later: readonly string[];
}

/** The packages that an entry of `lib/` loads when it is imported, and those that code it reaches may load later. */
export function packagesOf(entry: string): { readonly loaded: string[]; readonly later: string[] } {
  const atOnce = filesFrom(entry, ({ loaded }) => loaded);
  const all = filesFrom(entry, ({ loaded, later }) => [...loaded, ...later]);
  const loaded = packagesIn(atOnce, (imports) => imports.loaded);
  const reached = packagesIn(all, (imports) => [...imports.loaded, ...imports.later]);
  return { loaded, later: reached.filter((name) => !loaded.includes(name)) };
}

function filesFrom(entry: string, next: (imports: Imports) => readonly string[]): Set<string> {
  const files = new Set<string>();
  const pending = [join('lib', entry)];
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    if (files.has(file) || !existsSync(join(root, file))) {
      continue;
    }
    files.add(file);
    for (const specifier of next(importsOf(file))) {
      if (specifier.startsWith('.')) {
        pending.push(join(dirname(file), specifier.replace(/\.js$/, '.ts')));
      }
    }
  }
  return files;
}

function packagesIn(files: ReadonlySet<string>, choose: (imports: Imports) => readonly string[]): string[] {
  const specifiers = [...files].flatMap((file) => choose(importsOf(file)));
  const names = specifiers
    .filter((specifier) => !/^(\.|node:)/.test(specifier))
    .map((specifier) => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier);
  return [...new Set(names)].sort();
}

const known = new Map<string, Imports>();

function importsOf(file: string): Imports {
  const imports = known.get(file) ?? readImports(file);
  known.set(file, imports);
  return imports;
}

function readImports(file: string): Imports {
  const source = parse(file);
  const loaded = source.statements.flatMap((statement) => {
    const isUsed =
      (ts.isImportDeclaration(statement) && !isTypeImport(statement)) ||
      (ts.isExportDeclaration(statement) && !isTypeExport(statement));
    const specifier = isUsed ? statement.moduleSpecifier : undefined;
    return specifier !== undefined && ts.isStringLiteral(specifier) ? [specifier.text] : [];
  });
  const later = [...source.getFullText().matchAll(/\bimport\('([^']+)'\)/g)].map(([, specifier = '']) => specifier);
  return { loaded, later };
}

function isTypeImport({ importClause }: ts.ImportDeclaration): boolean {
  if (importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword) {
    return true;
  }
  const bindings = importClause?.namedBindings;
  return (
    importClause?.name === undefined &&
    bindings !== undefined &&
    ts.isNamedImports(bindings) &&
    bindings.elements.every(({ isTypeOnly }) => isTypeOnly)
  );
}

function isTypeExport({ isTypeOnly, exportClause }: ts.ExportDeclaration): boolean {
  return (
    isTypeOnly ||
    (exportClause !== undefined &&
      ts.isNamedExports(exportClause) &&
      exportClause.elements.every((element) => element.isTypeOnly))
  );
}
