import { posix } from 'node:path';

import { importedName, specifiersOf } from './source/imports.js';
import { EditableSource } from './source/editable-source.js';
import { type ModuleClass, moduleClass } from './source/module-decorator.js';
import type { TypeScript } from './source/typescript.js';
import type { Manifest } from './manifest.js';
import type { ProjectFiles } from './project-files.js';
import { sourceFolders, type SourceFolders } from './source-folders.js';
import { ScaffoldError, type ScaffoldOptions } from './scaffold-options.js';

/** The application that is set up: where its parts are, and how it is written. */
export interface Application extends SourceFolders {
  readonly mainFile: string | undefined;
  readonly rootModule: { readonly path: string } & Partial<ModuleClass>;
  /** What imports of its own files end in: `.js` with ES modules. */
  readonly extension: string;
}

const GETTING_STARTED = 'https://mandate-nestjs.github.io/mandate/getting-started/';

/**
 * Finds the parts of an application of the Nest CLI.
 *
 * @throws ScaffoldError if there is none.
 */
export function findApplication(
  files: ProjectFiles,
  manifest: Manifest,
  options: ScaffoldOptions,
  ts: TypeScript | undefined,
): Application {
  const folders = sourceFolders(files, options);
  const mainFile = [posix.join(folders.sourceRoot, `${folders.entryFile}.ts`)].find((path) => files.exists(path));
  const created = ts === undefined || mainFile === undefined ? undefined : createdModule(files, mainFile, ts);
  const usual = posix.join(folders.sourceRoot, 'app.module.ts');
  const path = options.module === undefined ? (created?.path ?? usual) : posix.normalize(options.module);
  refuseJavaScript(files, path);
  if (!files.exists(path)) {
    throw new ScaffoldError(
      options.module === undefined
        ? `There is no root module at ${path}. Run this in the folder of a NestJS application, or name the file with --path.`
        : `There is no file ${path}, which --path names.`,
    );
  }
  const named = created?.path === path ? created.className : undefined;
  const found = ts && moduleClass(new EditableSource(ts, path, files.read(path) ?? ''), named);
  const isModule = /from\s+['"]\.[^'"]*\.js['"]/.test(files.read(mainFile ?? path) ?? '') || manifest.type === 'module';
  return { ...folders, mainFile, rootModule: { path, ...found }, extension: isModule ? '.js' : '' };
}

/** Names the documentation to those who write JavaScript. */
function refuseJavaScript(files: ProjectFiles, path: string): void {
  const script = [path, path.replace(/\.ts$/, '.js')].find((each) => /\.[cm]?jsx?$/.test(each) && files.exists(each));
  if (script !== undefined && !(path.endsWith('.ts') && files.exists(path))) {
    throw new ScaffoldError(
      `${script} is JavaScript, and only files of TypeScript are edited. Write the code by hand: ${GETTING_STARTED}`,
    );
  }
}

/** The module that main.ts creates the application of. */
function createdModule(
  files: ProjectFiles,
  mainFile: string,
  ts: TypeScript,
): { path: string; className: string } | undefined {
  const source = new EditableSource(ts, mainFile, files.read(mainFile) ?? '');
  const local = importedName(source, 'NestFactory', '@nestjs/core') ?? 'NestFactory';
  const className = source.find((node) => {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) {
      return undefined;
    }
    const [argument] = node.arguments;
    const isCreate = node.expression.expression.getText() === local && node.expression.name.text.startsWith('create');
    return isCreate && argument !== undefined && ts.isIdentifier(argument) ? argument.text : undefined;
  });
  const path =
    className === undefined
      ? undefined
      : specifiersOf(source)
          .filter((specifier) => importedName(source, className, specifier) !== undefined)
          .map((specifier) => resolveFile(files, mainFile, specifier))
          .find((found) => found !== undefined);
  return className === undefined || path === undefined ? undefined : { path, className };
}

/** The file that a relative import leads to; undefined if there is none. */
export function resolveFile(files: ProjectFiles, from: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) {
    return undefined;
  }
  const target = posix.join(posix.dirname(from), specifier).replace(/\.[jt]s$/, '');
  return [`${target}.ts`, posix.join(target, 'index.ts')].find((path) => files.exists(path));
}
