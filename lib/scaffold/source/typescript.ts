import { createRequire } from 'node:module';
import { join } from 'node:path';

import type ts from 'typescript';

/** The compiler of the application. This package has none of its own at run time. */
export type TypeScript = typeof ts;

/** Why there is no compiler to edit files with. */
export interface NoTypeScript {
  readonly reason: string;
}

/** Loads a package as a file in a folder would; throws if there is none. */
export type LoadPackage = (name: string) => unknown;

/** The compiler of the application in a folder, or that of its Nest CLI. */
export function typescriptOf(directory: string): TypeScript | NoTypeScript {
  const load = createRequire(join(directory, 'package.json'));
  return chooseTypeScript([load, (name) => createRequire(load.resolve('@nestjs/cli/package.json'))(name) as unknown]);
}

/** The first compiler that files can be edited with. */
export function chooseTypeScript(sources: readonly LoadPackage[]): TypeScript | NoTypeScript {
  const found = sources.map((load) => attempt(load)).filter((each) => each !== undefined);
  const usable = found.find((each) => typeof (each as Partial<TypeScript>).createSourceFile === 'function');
  if (usable !== undefined) {
    return usable;
  }
  const [first] = found;
  return first === undefined
    ? { reason: 'The package typescript is not installed here, and files of TypeScript are not edited without it.' }
    : { reason: `TypeScript ${first.version} does not have the API that files are edited with.` };
}

/** Whether there is a compiler. */
export function isTypeScript(found: TypeScript | NoTypeScript): found is TypeScript {
  return !('reason' in found);
}

function attempt(load: LoadPackage): TypeScript | undefined {
  try {
    const loaded = load('typescript') as TypeScript & { default?: TypeScript };
    return loaded.default ?? loaded;
  } catch {
    return undefined;
  }
}
