import { inspect } from 'node:util';

import { isObject } from '../types/is-object.js';
import type { MandateModuleOptions } from './options.js';

/** Options that no log may show. */
const SECRETS: ReadonlySet<string> = new Set([
  'clientSecret',
  'credentials',
] satisfies readonly (keyof MandateModuleOptions)[]);

/**
 * A copy of options whose secrets are hidden from `util.inspect`, loggers and `JSON.stringify`; the members themselves are
 * unchanged. Nest keeps options for as long as the application runs, and whoever prints a module prints them.
 */
export function concealSecrets<T>(options: T): T {
  if (!isObject(options)) {
    // A factory may return anything; the rules of the options say so.
    return options;
  }
  const copy = { ...options };
  const shown = (): object =>
    Object.fromEntries(
      Object.entries(copy).map(([name, value]) => [
        name,
        SECRETS.has(name) && value !== undefined ? '[concealed]' : value,
      ]),
    );
  return Object.defineProperties(copy, { [inspect.custom]: { value: shown }, toJSON: { value: shown } });
}
