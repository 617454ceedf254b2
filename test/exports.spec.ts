import { join } from 'node:path';

import ts from 'typescript';

import { PUBLIC_NAMES } from './public-names.js';

const root = join(__dirname, '..');
const lib = join(root, 'lib');
const ENTRIES = Object.keys(PUBLIC_NAMES) as (keyof typeof PUBLIC_NAMES)[];

const config = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path));
const program = ts.createProgram(
  ENTRIES.map((entry) => join(lib, entry)),
  ts.parseJsonConfigFileContent(config.config, ts.sys, root).options,
);
const checker = program.getTypeChecker();

/** The declaration that an import or export leads to, whatever file it passes through. */
function targetOf(symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function exportsOf(file: string): readonly ts.Symbol[] {
  const source = program.getSourceFile(join(lib, file));
  const module = source && checker.getSymbolAtLocation(source);
  return module ? checker.getExportsOfModule(module) : [];
}

/** Whether a declaration of the symbol, or the statement around it, carries the tag `@publicApi`. */
function isTagged(symbol: ts.Symbol): boolean {
  return (symbol.declarations ?? []).some((declaration) => {
    const holder = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
    return ts.getJSDocTags(holder).some(({ tagName }) => tagName.text === 'publicApi');
  });
}

function isHidden(member: ts.ClassElement): boolean {
  const modifiers = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  return (
    (member.name !== undefined && ts.isPrivateIdentifier(member.name)) ||
    (ts.getCombinedModifierFlags(member) & modifiers) !== 0
  );
}

/** Whether only this package calls a member of a class that applications create and pass on. */
function isInternal(member: ts.ClassElement): boolean {
  return ts.getJSDocTags(member).some(({ tagName }) => tagName.text === 'internal');
}

/** The result types of a declaration: what an application's own declarations mention by inference. */
function resultTypesOf(declaration: ts.Declaration): readonly ts.TypeNode[] {
  if (ts.isFunctionDeclaration(declaration)) {
    return declaration.type ? [declaration.type] : [];
  }
  if (ts.isClassDeclaration(declaration)) {
    return declaration.members.flatMap((member) =>
      (ts.isMethodDeclaration(member) || ts.isGetAccessor(member) || ts.isPropertyDeclaration(member)) &&
      member.type !== undefined &&
      !isHidden(member) &&
      !isInternal(member)
        ? [member.type]
        : [],
    );
  }
  return [];
}

function namesIn(type: ts.Node): readonly ts.EntityName[] {
  const own = ts.isTypeReferenceNode(type) ? [type.typeName] : [];
  const nested: ts.EntityName[] = [];
  ts.forEachChild(type, (child) => void nested.push(...namesIn(child)));
  return [...own, ...nested];
}

/** Whether a type is declared in lib/ and could be exported: type parameters and the types of packages are not. */
function isOurs(type: ts.Symbol): boolean {
  const declaration = type.declarations?.[0];
  return (
    declaration !== undefined &&
    !ts.isTypeParameterDeclaration(declaration) &&
    declaration.getSourceFile().fileName.startsWith(lib)
  );
}

describe('the public surface', () => {
  it.each(ENTRIES)('consists of the names that are written down: %s', (entry) => {
    const names = exportsOf(entry).map(({ name }) => name);
    expect(names.sort()).toEqual([...PUBLIC_NAMES[entry]].sort());
  });

  it.each(ENTRIES)('is tagged with @publicApi where it is declared: %s', (entry) => {
    const untagged = exportsOf(entry)
      .filter((symbol) => !isTagged(targetOf(symbol)))
      .map(({ name }) => name);
    expect(untagged).toEqual([]);
  });

  // Nest applications are compiled with `declaration: true`: TypeScript refuses to infer a type that it cannot name.
  it.each(ENTRIES)('includes the result types of its methods and functions: %s', (entry) => {
    const importable = new Set(
      [entry, 'index.ts', 'dto/index.ts'].flatMap((place) => exportsOf(place)).map(({ name }) => name),
    );
    const missing = exportsOf(entry).flatMap((symbol) =>
      (targetOf(symbol).declarations ?? [])
        .flatMap(resultTypesOf)
        .flatMap(namesIn)
        .map((name) => checker.getSymbolAtLocation(name))
        .filter((type) => type !== undefined)
        .map(targetOf)
        .filter((type) => isOurs(type) && !importable.has(type.name))
        .map((type) => `${type.name}, in ${symbol.name}`),
    );
    expect([...new Set(missing)].sort()).toEqual([]);
  });
});
