import { dirname, extname } from 'node:path';

import { isModuleMissing } from '../../errors/module-missing.js';
import type { LocalCognitoOptions } from '../../local/options/local-cognito.options.js';
import { isObject } from '../../types/is-object.js';
import { UsageError } from '../usage-error.js';
import type { Setting } from './settings.js';
import { TextError } from './text-error.js';
import { withTriggerPaths } from './trigger-paths.js';

/** A format of configurations. */
interface Format {
  readonly name: string;
  readonly parse: (text: string) => unknown;
}

const JSON_FORMAT: Format = { name: 'JSON', parse: parseJson };
const JSON5_FORMAT: Format = {
  name: 'JSON5',
  parse: (text) => withPackage('json5', async () => (await import('./json5-text.js')).parseJson5(text)),
};
const YAML_FORMAT: Format = {
  name: 'YAML',
  parse: (text) => withPackage('yaml', async () => (await import('./yaml-text.js')).parseYaml(text)),
};
/** By the ending of the file. Any other file is JSON. */
const FORMATS: Readonly<Record<string, Format>> = {
  '.json5': JSON5_FORMAT,
  '.yaml': YAML_FORMAT,
  '.yml': YAML_FORMAT,
};

/** A package that reads the format is not installed. */
class PackageMissingError extends Error {
  override readonly name = 'PackageMissingError';

  constructor(readonly packageName: string) {
    super(`The package ${packageName} is not installed.`);
  }
}

/**
 * Reads a configuration: the options of `LocalCognito.start`, or a list of pools. Strict JSON needs no package.
 *
 * @throws UsageError
 */
export async function parseConfig({ value: path, source }: Setting, text: string): Promise<LocalCognitoOptions> {
  const format = FORMATS[extname(path).toLowerCase()] ?? JSON_FORMAT;
  const file = `${source}: the file "${path}"`;
  const value = await parse(file, format, text);
  const members = Array.isArray(value) ? { pools: value as unknown[] } : value;
  if (!isObject(members)) {
    throw new UsageError(`${file} must contain an object with "pools", or a list of pools.`);
  }
  return withTriggerPaths(members, dirname(path));
}

async function parse(file: string, { name, parse: parser }: Format, text: string): Promise<unknown> {
  try {
    return await parser(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (error instanceof PackageMissingError) {
      const { packageName } = error;
      throw new UsageError(`${file} needs the package ${packageName}. Run "npm install --save-dev ${packageName}".`);
    }
    throw new UsageError(`${file} is not valid ${name}: ${describe(error)}.`);
  }
}

/** JSON as it is. With comments or trailing commas it is left to the package for JSON5, which also knows where a fault is. */
async function parseJson(text: string): Promise<unknown> {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    try {
      return await JSON5_FORMAT.parse(text);
    } catch (cause) {
      throw cause instanceof PackageMissingError
        ? new TextError(`${(error as Error).message}. Comments and trailing commas need the package json5`)
        : cause;
    }
  }
}

async function withPackage(name: string, parser: () => Promise<unknown>): Promise<unknown> {
  try {
    return await parser();
  } catch (error) {
    throw isModuleMissing(error) ? new PackageMissingError(name) : error;
  }
}

function describe(error: unknown): string {
  const { message } = error as Error;
  const position = error instanceof TextError ? error.position : undefined;
  return position === undefined ? message : `line ${position.line}, column ${position.column}: ${message}`;
}
