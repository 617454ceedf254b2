import type ts from 'typescript';

import { LINE_WIDTH } from './code-style.js';
import { CannotEditError, type EditableSource } from './editable-source.js';

/** The name that a file has for an export of a module; undefined if it imports none. */
export function importedName(source: EditableSource, name: string, module: string): string | undefined {
  return valuesOf(source, module).find(({ original }) => original === name)?.local;
}

/**
 * Imports names from a module, unless the file does so.
 *
 * @throws CannotEditError if one of the names is taken by something else.
 */
export function addImports(source: EditableSource, names: readonly string[], module: string): void {
  // A name that is there under another one alone is imported once more: the code that is written uses the original.
  const present = valuesOf(source, module).filter(({ local, original }) => local === original);
  const missing = names.filter((name) => present.every(({ local }) => local !== name));
  const taken = missing.find((name) => isDeclared(source, name));
  if (taken !== undefined) {
    throw new CannotEditError(`the name ${taken} is taken by something that is not of the package ${module}`);
  }
  if (missing.length === 0) {
    return;
  }
  const extended = importsOf(source, module).find(({ clause }) => isExtensible(source, clause));
  if (extended?.clause === undefined) {
    addDeclaration(source, missing, module);
  } else {
    extendDeclaration(source, extended.clause, missing);
  }
}

/** The values that a file imports from a module by name: what they are called there, and here. Types are left out. */
function valuesOf(source: EditableSource, module: string): { original: string; local: string }[] {
  return importsOf(source, module)
    .filter(({ clause }) => !isTypeOnly(clause))
    .flatMap(({ clause }) => elementsOf(source, clause))
    .filter(({ isTypeOnly: isType }) => !isType)
    .map(({ name, propertyName }) => ({ original: (propertyName ?? name).text, local: name.text }));
}

/** The modules that a file imports or exports from, as it names them. */
export function specifiersOf({ ts, file }: EditableSource): string[] {
  return file.statements.flatMap((statement) =>
    (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) &&
    statement.moduleSpecifier !== undefined &&
    ts.isStringLiteral(statement.moduleSpecifier)
      ? [statement.moduleSpecifier.text]
      : [],
  );
}

function importsOf({ ts, file }: EditableSource, module: string): { clause: ts.ImportClause | undefined }[] {
  return file.statements.flatMap((statement) =>
    ts.isImportDeclaration(statement) &&
    ts.isStringLiteral(statement.moduleSpecifier) &&
    statement.moduleSpecifier.text === module
      ? [{ clause: statement.importClause }]
      : [],
  );
}

function elementsOf({ ts }: EditableSource, clause: ts.ImportClause | undefined): readonly ts.ImportSpecifier[] {
  const bindings = clause?.namedBindings;
  return bindings !== undefined && ts.isNamedImports(bindings) ? bindings.elements : [];
}

/** `import type { ... }`. The member that tells it has changed its name between versions of TypeScript. */
function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  return /^type\s/.test(clause?.getText() ?? '');
}

function isExtensible(source: EditableSource, clause: ts.ImportClause | undefined): boolean {
  return clause !== undefined && !isTypeOnly(clause) && elementsOf(source, clause).length > 0;
}

function isDeclared(source: EditableSource, name: string): boolean {
  const { ts, file } = source;
  const imported = file.statements.some(
    (statement) =>
      ts.isImportDeclaration(statement) &&
      (statement.importClause?.name?.text === name ||
        elementsOf(source, statement.importClause).some((element) => element.name.text === name)),
  );
  return (
    imported || file.statements.some((statement) => ts.isClassDeclaration(statement) && statement.name?.text === name)
  );
}

function addDeclaration(source: EditableSource, names: readonly string[], module: string): void {
  const { ts, file, style } = source;
  const declarations = file.statements.filter((statement) => ts.isImportDeclaration(statement));
  // Packages stand before files of the application.
  const packages = declarations.filter(({ moduleSpecifier }) => !/^['"]\./.test(moduleSpecifier.getText()));
  const last = (module.startsWith('.') ? declarations : packages).at(-1);
  const line = source.styled(`import { ${names.join(', ')} } from '${module}';`);
  const code =
    line.length <= LINE_WIDTH
      ? line
      : source.styled(`import {\n${names.map((name) => `  ${name},\n`).join('')}} from '${module}';`);
  if (last === undefined) {
    source.insert((declarations[0] ?? file).getStart(), code + style.lineBreak);
  } else {
    const [comment = ''] = /^[ \t]*\/\/[^\r\n]*/.exec(source.text.slice(last.getEnd())) ?? [];
    source.insert(last.getEnd() + comment.length, style.lineBreak + code);
  }
}

function extendDeclaration(source: EditableSource, clause: ts.ImportClause, names: readonly string[]): void {
  const elements = elementsOf(source, clause);
  const [first, last] = [elements[0], elements.at(-1)];
  if (first === undefined || last === undefined) {
    return;
  }
  const { text, style } = source;
  const isMultiline = text.slice(clause.getStart(), first.getStart()).includes('\n');
  if (isMultiline) {
    const separator = `,${style.lineBreak}${source.indentAt(last.getStart())}`;
    source.insert(last.getEnd(), names.map((name) => separator + name).join(''));
    return;
  }
  const all = [...elements.map((element) => element.getText()), ...names];
  const bindings = clause.namedBindings;
  const line =
    source.indentAt(clause.getStart()).length + text.slice(clause.parent.getStart(), clause.parent.getEnd()).length;
  if (bindings !== undefined && line + names.join(', ').length + 2 > LINE_WIDTH) {
    const inner = all.map((name) => `${style.indent}${name},`).join(style.lineBreak);
    source.replace(bindings.getStart(), bindings.getEnd(), `{${style.lineBreak}${inner}${style.lineBreak}}`);
  } else {
    source.insert(last.getEnd(), names.map((name) => `, ${name}`).join(''));
  }
}
