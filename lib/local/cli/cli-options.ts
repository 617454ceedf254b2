import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';

import { isObject } from '../../types/is-object.js';
import type { LocalCognitoOptions, LocalPoolOptions } from '../options/local-cognito.options.js';

/** The command line is invalid. The message is a single line for the terminal. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The output of `mandate --help`. */
export const HELP = `Usage: mandate local [options]

Runs an embedded Amazon Cognito user pools service for development and tests.

Options:
  --port <number>   Port to listen on. 0 selects any free port. Default: 9229.
  --host <address>  Address to listen on. Default: 127.0.0.1 (this machine only).
  --config <file>   JSON file with the pools: { "pools": [{ "name": ..., "clients": [...], "users": [...] }] }
  --tls-key <file>  Private key (PEM). With --tls-cert the server speaks HTTPS. Default: plain HTTP.
  --tls-cert <file> Certificate of that key (PEM).
  --data <dir>      Directory that keeps pools, users and keys between runs. Default: nothing is kept.
  -h, --help        Print this help.

Without --config there is one pool, us-east-1_Local0001, with the app clients "localpublicclient" and
"localsecretclient" (secret "localsecretclientsecret0"). E-mails and SMS are printed to this terminal.
`;

/** The pool of `mandate local` without `--config`. Its ids are fixed, so that applications can be configured once. */
const DEFAULT_POOL: LocalPoolOptions = {
  name: 'default',
  id: 'us-east-1_Local0001',
  clients: [
    { name: 'public', id: 'localpublicclient' },
    { name: 'secret', id: 'localsecretclient', secret: 'localsecretclientsecret0' },
  ],
};

/** A parsed command line. */
export type Command = { readonly kind: 'help' } | { readonly kind: 'local'; readonly options: LocalCognitoOptions };

/** The options of a command line. */
interface Values {
  readonly port: string;
  readonly host: string;
  readonly config?: string;
  readonly data?: string;
  readonly 'tls-key'?: string;
  readonly 'tls-cert'?: string;
  readonly help?: boolean;
}

/**
 * Parses a command line and reads the configuration file that it names.
 *
 * @throws UsageError
 */
export async function readCommand(args: readonly string[]): Promise<Command> {
  const { values, positionals } = parse(args);
  if (values.help) {
    return { kind: 'help' };
  }
  if (positionals[0] !== 'local' || positionals.length > 1) {
    const problem = positionals.length === 0 ? 'Missing command' : `Unknown command "${positionals.join(' ')}"`;
    throw new UsageError(`${problem}. Try "mandate local" or "mandate --help".`);
  }
  const options = {
    port: portOf(values.port),
    host: values.host,
    ...(values.data !== undefined && { dataDirectory: values.data }),
    ...(await tlsOf(values)),
  };
  const file = values.config === undefined ? { pools: [DEFAULT_POOL] } : await readConfig(values.config);
  return { kind: 'local', options: { ...file, ...options } };
}

function parse(args: readonly string[]): {
  values: Values;
  positionals: string[];
} {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        port: { type: 'string', default: '9229' },
        host: { type: 'string', default: '127.0.0.1' },
        config: { type: 'string' },
        data: { type: 'string' },
        'tls-key': { type: 'string' },
        'tls-cert': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    // Node's advice about positional arguments does not apply here.
    const [sentence = ''] = (error as Error).message.split(/\.\s|\n/);
    throw new UsageError(`${sentence}. Try "mandate --help".`);
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new UsageError(`--port must be a number from 0 to 65535, not "${text}".`);
  }
  return port;
}

async function readConfig(path: string): Promise<Pick<LocalCognitoOptions, 'pools' | 'users'>> {
  const text = await readText('--config', path);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`--config: the file "${path}" is not valid JSON: ${(error as Error).message}.`);
  }
  const members = Array.isArray(value) ? { pools: value } : value;
  if (!isObject(members)) {
    throw new UsageError(`--config: the file "${path}" must contain an object with "pools", or a list of pools.`);
  }
  return members;
}

async function tlsOf({ 'tls-key': key, 'tls-cert': cert }: Values): Promise<Pick<LocalCognitoOptions, 'tls'>> {
  if (key === undefined && cert === undefined) {
    return {};
  }
  if (key === undefined || cert === undefined) {
    throw new UsageError('--tls-key and --tls-cert need each other: give both or neither.');
  }
  return { tls: { key: await readText('--tls-key', key), cert: await readText('--tls-cert', cert) } };
}

async function readText(option: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new UsageError(`${option}: cannot read the file "${path}".`);
  }
}
