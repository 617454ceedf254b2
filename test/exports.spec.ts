import { join } from 'node:path';

import ts from 'typescript';

const root = join(__dirname, '..');
const lib = join(root, 'lib');
const ENTRIES = ['index.ts', 'health/index.ts'];

const config = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path));
const program = ts.createProgram(
  ENTRIES.map((entry) => join(lib, entry)),
  ts.parseJsonConfigFileContent(config.config, ts.sys, root).options,
);
const checker = program.getTypeChecker();

/** What a name stands for, whatever file it was imported through. */
function targetOf(symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function exportsOf(file: ts.SourceFile | undefined): ReadonlySet<ts.Symbol> {
  const symbol = file && checker.getSymbolAtLocation(file);
  return new Set(symbol ? checker.getExportsOfModule(symbol).map(targetOf) : []);
}

/** The names of types that a declaration shows: not those in bodies, private members and constructors, which Nest calls. */
function typeNamesIn(node: ts.Node): readonly ts.Node[] {
  if (ts.isBlock(node) || ts.isDecorator(node) || ts.isConstructorDeclaration(node) || isPrivate(node)) {
    return [];
  }
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => void children.push(child));
  const own = ts.isTypeReferenceNode(node) ? [node.typeName] : [];
  return [...own, ...children.flatMap(typeNamesIn)];
}

function isPrivate(node: ts.Node): boolean {
  return (
    ts.isClassElement(node) &&
    ((node.name !== undefined && ts.isPrivateIdentifier(node.name)) ||
      (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Private) !== 0)
  );
}

/** A type that another file of lib/ may name: one that its own file keeps to itself is nobody else's business. */
function isNameable(type: ts.Symbol): boolean {
  const file = type.declarations?.[0]?.getSourceFile();
  return file?.fileName.startsWith(lib) === true && exportsOf(file).has(type);
}

/** Whether the symbols stand for the same type under the same name: `TokenUse` is merged with the decorator of that name. */
function isSameType(a: ts.Symbol, b: ts.Symbol): boolean {
  const isAlias = (a.flags & b.flags & ts.SymbolFlags.TypeAlias) !== 0;
  return isAlias && a.name === b.name && checker.getDeclaredTypeOfSymbol(a) === checker.getDeclaredTypeOfSymbol(b);
}

describe('what an entry exports', () => {
  it.each(ENTRIES)('shows no type that one cannot import: %s', (entry) => {
    const exported = exportsOf(program.getSourceFile(join(lib, entry)));
    const importable = new Set([...exported, ...exportsOf(program.getSourceFile(join(lib, 'index.ts')))]);
    expect(exported.size).toBeGreaterThan(2);
    const isImportable = (type: ts.Symbol) =>
      importable.has(type) || [...importable].some((other) => isSameType(other, type));
    const missing = [...exported].flatMap((symbol) =>
      (symbol.declarations ?? [])
        .flatMap(typeNamesIn)
        .flatMap((name) => checker.getSymbolAtLocation(name) ?? [])
        .map(targetOf)
        .filter((type) => isNameable(type) && !isImportable(type))
        .map((type) => `${type.name}, in ${symbol.name}`),
    );
    expect([...new Set(missing)].sort()).toEqual([]);
  });
});
