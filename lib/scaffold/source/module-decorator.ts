import type ts from 'typescript';

import { CannotEditError, type EditableSource } from './editable-source.js';
import { importedName } from './imports.js';
import { appendElement } from './list-elements.js';
import type { TypeScript } from './typescript.js';

/** A list of `@Module()`. */
export type ModuleList = 'imports' | 'controllers' | 'providers';

/**
 * Appends an element to a list of `@Module()`. A list that is missing is added; one that is no literal is spread into one.
 *
 * @param className - the module, where the file has several.
 * @throws CannotEditError if the decorator has no object literal.
 */
export function addToModule(
  source: EditableSource,
  list: ModuleList,
  element: string,
  className: string | undefined,
): void {
  const metadata = moduleMetadata(source, className);
  const { ts } = source;
  const property = metadata.properties.find((each) => each.name?.getText().replaceAll(/['"]/g, '') === list);
  if (property === undefined) {
    addList(source, metadata, list, element);
  } else if (ts.isPropertyAssignment(property) && ts.isArrayLiteralExpression(property.initializer)) {
    appendElement(source, property.initializer, element);
  } else if (ts.isPropertyAssignment(property) || ts.isShorthandPropertyAssignment(property)) {
    spreadList(source, property, list);
    addToModule(source, list, element, className);
  } else {
    throw new CannotEditError(`"${list}" of @Module() is a method`);
  }
}

/** A class with `@Module()`. */
export interface ModuleClass {
  readonly name: string | undefined;
  readonly isDefaultExport: boolean;
}

/** The class with `@Module()` of this name, or the only one of the file. */
export function moduleClass(source: EditableSource, name: string | undefined): ModuleClass | undefined {
  return moduleOf(modulesOf(source), name);
}

function moduleOf<Found extends ModuleClass>(modules: readonly Found[], wanted: string | undefined): Found | undefined {
  return modules.find(({ name }) => name === wanted) ?? (modules.length === 1 ? modules[0] : undefined);
}

/** The object of `@Module({ ... })`. */
function moduleMetadata(source: EditableSource, className: string | undefined): ts.ObjectLiteralExpression {
  const { ts } = source;
  const modules = modulesOf(source);
  const found = moduleOf(modules, className);
  if (found === undefined) {
    throw new CannotEditError(
      modules.length === 0 ? 'it has no class with @Module()' : 'it has several classes with @Module()',
    );
  }
  const [metadata] = found.call.arguments;
  if (metadata === undefined || !ts.isObjectLiteralExpression(metadata)) {
    throw new CannotEditError('its @Module() has no object literal');
  }
  return metadata;
}

function modulesOf(source: EditableSource): (ModuleClass & { readonly call: ts.CallExpression })[] {
  const { ts, file } = source;
  const local = importedName(source, 'Module', '@nestjs/common') ?? 'Module';
  const isModule = (callee: ts.Expression): boolean =>
    (ts.isIdentifier(callee) && callee.text === local) ||
    (ts.isPropertyAccessExpression(callee) && callee.name.text === 'Module');
  return file.statements
    .filter(ts.isClassDeclaration)
    .flatMap((declaration) =>
      (ts.getDecorators(declaration) ?? []).flatMap(({ expression }) =>
        ts.isCallExpression(expression) && isModule(expression.expression)
          ? [{ name: declaration.name?.text, isDefaultExport: isDefaultExport(ts, declaration), call: expression }]
          : [],
      ),
    );
}

function isDefaultExport(
  ts: TypeScript,
  { modifiers = [] }: { readonly modifiers?: readonly ts.ModifierLike[] | undefined },
): boolean {
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword);
}

/** `imports: shared` becomes `imports: [...shared]`. */
function spreadList(
  source: EditableSource,
  property: ts.PropertyAssignment | ts.ShorthandPropertyAssignment,
  list: ModuleList,
): void {
  const { ts } = source;
  if (ts.isShorthandPropertyAssignment(property)) {
    source.replace(property.getStart(), property.getEnd(), `${list}: [...${list}]`);
    return;
  }
  const { initializer } = property;
  const code = initializer.getText();
  const isSimple =
    ts.isIdentifier(initializer) || ts.isPropertyAccessExpression(initializer) || ts.isCallExpression(initializer);
  source.replace(initializer.getStart(), initializer.getEnd(), `[...${isSimple ? code : `(${code})`}]`);
}

function addList(
  source: EditableSource,
  metadata: ts.ObjectLiteralExpression,
  list: ModuleList,
  element: string,
): void {
  const { text, style } = source;
  const outer = source.indentAt(metadata.getStart());
  const inner = outer + style.indent;
  const code = element.includes('\n')
    ? [`${list}: [`, `${source.styled(element, inner + style.indent)},`, `${inner}],`].join(style.lineBreak)
    : `${list}: [${source.styled(element)}],`;
  const last = metadata.properties.at(-1);
  const isOnOneLine = !text.slice(metadata.getStart(), metadata.getEnd()).includes('\n');
  if (last === undefined) {
    const comments = text.slice(metadata.getStart() + 1, metadata.getEnd() - 1).trim();
    const kept = comments === '' ? '' : `${inner}${comments}${style.lineBreak}`;
    const body = `{${style.lineBreak}${kept}${inner}${code}${style.lineBreak}${outer}}`;
    source.replace(metadata.getStart(), metadata.getEnd(), body);
  } else if (isOnOneLine) {
    const properties = metadata.properties.map((each) => `${inner}${each.getText()},`);
    const body = [...properties, `${inner}${code}`].join(style.lineBreak);
    source.replace(metadata.getStart(), metadata.getEnd(), `{${style.lineBreak}${body}${style.lineBreak}${outer}}`);
  } else {
    const closing = metadata.getEnd() - 1;
    const lineStart = text.lastIndexOf('\n', closing) + 1;
    if (text.slice(lineStart, closing).trim() === '') {
      source.insert(lineStart, `${inner}${code}${style.lineBreak}`);
    } else {
      source.insert(closing, `${style.lineBreak}${inner}${code}${style.lineBreak}${outer}`);
    }
    if (!metadata.properties.hasTrailingComma) {
      source.insert(last.getEnd(), ',');
    }
  }
}
