import type ts from 'typescript';

import { resolveFile } from './application.js';
import type { ProjectFiles } from './project-files.js';
import { EditableSource } from './source/editable-source.js';
import { importedName, specifiersOf } from './source/imports.js';
import type { TypeScript } from './source/typescript.js';

/** What an application has already, in its root module or in a file that this imports. */
export interface PresentParts {
  readonly module: boolean;
  readonly api: boolean;
  readonly guard: boolean;
  readonly filter: boolean;
  /** The classes of other global guards: a request has to pass them, too. */
  readonly otherGuards: readonly string[];
  /** `ConfigModule.forRoot()`: `global`, `imported` where each module imports it, or not at all. */
  readonly config: 'global' | 'imported' | undefined;
}

/** Files that are read at most: an application with more has its root module near. */
const MAX_FILES = 1_000;

/** Looks for what this package would add, from the given files on through all relative imports. */
export function presentParts(files: ProjectFiles, ts: TypeScript, entries: readonly string[]): PresentParts {
  const sources = reachableSources(files, ts, entries);
  const some = (test: (node: ts.Node) => boolean): boolean =>
    sources.some((source) => source.find((node) => (test(node) ? true : undefined)) !== undefined);
  const configs = sources.flatMap((source) => source.find((node) => configCall(ts, node)) ?? []);
  return {
    module: some((node) => isCallOf(ts, node, 'MandateModule')),
    api: some((node) => isCallOf(ts, node, 'MandateAuthApiModule')),
    guard: some(
      (node) => isProvider(ts, node, 'APP_GUARD', 'CognitoAuthGuard') || isGlobalUse(ts, node, 'CognitoAuthGuard'),
    ),
    filter: some(
      (node) =>
        isProvider(ts, node, 'APP_FILTER', 'CognitoExceptionFilter') || isGlobalUse(ts, node, 'CognitoExceptionFilter'),
    ),
    otherGuards: sources.flatMap((source) => otherGuards(source)),
    config: configs.length === 0 ? undefined : configs.some((call) => isGlobal(call)) ? 'global' : 'imported',
  };
}

function reachableSources(files: ProjectFiles, ts: TypeScript, entries: readonly string[]): EditableSource[] {
  const found = new Map<string, EditableSource>();
  const open = [...entries];
  for (let path = open.pop(); path !== undefined && found.size < MAX_FILES; path = open.pop()) {
    const text = found.has(path) ? undefined : files.read(path);
    if (text !== undefined) {
      const source = new EditableSource(ts, path, text);
      found.set(path, source);
      open.push(...specifiersOf(source).flatMap((specifier) => resolveFile(files, source.path, specifier) ?? []));
    }
  }
  return [...found.values()];
}

/** `Name.forRoot()` and `Name.forRootAsync()`. */
function isCallOf(ts: TypeScript, node: ts.Node, name: string): boolean {
  return (
    ts.isPropertyAccessExpression(node) &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === name &&
    node.name.text.startsWith('forRoot')
  );
}

/** `{ provide: APP_GUARD, useClass: CognitoAuthGuard }`, or with `useExisting`. */
function isProvider(ts: TypeScript, node: ts.Node, token: string, className: string): boolean {
  return isProviderOf(ts, node, token) && valuesOf(ts, node).includes(className);
}

function isProviderOf(ts: TypeScript, node: ts.Node, token: string): boolean {
  return valuesOf(ts, node)[0] === token;
}

/** The values of an object, as they are written. Of a provider the first is its token. */
function valuesOf(ts: TypeScript, node: ts.Node): string[] {
  return ts.isObjectLiteralExpression(node)
    ? node.properties.filter(ts.isPropertyAssignment).map(({ initializer }) => initializer.getText())
    : [];
}

/** The classes in `{ provide: APP_GUARD, useClass: ... }`, but for ours. */
function otherGuards(source: EditableSource): string[] {
  const { ts } = source;
  const found: string[] = [];
  source.find((node) => {
    if (isProviderOf(ts, node, importedName(source, 'APP_GUARD', '@nestjs/core') ?? 'APP_GUARD')) {
      found.push(...valuesOf(ts, node).slice(1));
    }
    return undefined;
  });
  return found.filter((name) => /^\w+$/.test(name) && name !== 'CognitoAuthGuard');
}

/** `app.useGlobalGuards(app.get(CognitoAuthGuard))`. */
function isGlobalUse(ts: TypeScript, node: ts.Node, className: string): boolean {
  return (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.name.text.startsWith('useGlobal') &&
    node.getText().includes(className)
  );
}

function configCall(ts: TypeScript, node: ts.Node): string | undefined {
  return ts.isCallExpression(node) && isCallOf(ts, node.expression, 'ConfigModule') ? node.getText() : undefined;
}

function isGlobal(call: string): boolean {
  return /\bisGlobal\s*:\s*true\b/.test(call);
}
