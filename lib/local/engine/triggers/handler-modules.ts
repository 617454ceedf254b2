import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { MandateArgumentError } from '../../../errors/argument-error.js';
import { isObject } from '../../../types/is-object.js';
import type { Handler } from './lambda-function.js';

/** The modules that triggers name by their paths. Each is loaded once. */
export class HandlerModules {
  private readonly handlers = new Map<string, Handler>();

  /** The handler of a module that has been loaded. */
  get(path: string): Handler | undefined {
    return this.handlers.get(absolute(path));
  }

  /**
   * Loads a module.
   *
   * @param option - the option that names it, for errors.
   * @throws MandateArgumentError if it cannot be loaded, or exports no handler.
   */
  async load(path: string, option: string): Promise<void> {
    const file = absolute(path);
    if (this.handlers.has(file)) {
      return;
    }
    const handler = handlerOf(await loaded(file, option));
    if (handler === undefined) {
      throw new MandateArgumentError(
        option,
        `must name a module that exports a function "handler" or a default one: ${file}`,
      );
    }
    this.handlers.set(file, handler);
  }
}

function absolute(path: string): string {
  return path.startsWith('file:') ? fileURLToPath(path) : resolve(path);
}

async function loaded(file: string, option: string): Promise<unknown> {
  try {
    return await imported(file);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const reason =
      code === 'ERR_UNKNOWN_FILE_EXTENSION' ? 'this Node cannot load TypeScript; Node 22.18 and later can' : message;
    throw new MandateArgumentError(option, `cannot be loaded from ${file}: ${reason.replace(/\.$/, '')}`);
  }
}

async function imported(file: string): Promise<unknown> {
  try {
    return (await import(pathToFileURL(file).href)) as unknown;
  } catch (error) {
    // Test runners that compile `import()` into `require()` know no URLs.
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') {
      throw error;
    }
    return createRequire(file)(file) as unknown;
  }
}

/** `export const handler`, `export default`, and the same of a CommonJS module. */
function handlerOf(module: unknown): Handler | undefined {
  const [named, byDefault] = isObject(module) ? [module['handler'], module['default']] : [undefined, module];
  const candidates = [named, byDefault, isObject(byDefault) ? byDefault['handler'] : undefined, module];
  return candidates.find((candidate): candidate is Handler => typeof candidate === 'function');
}
