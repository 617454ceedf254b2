import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';

import type { LocalCognitoOptions, LocalPoolOptions } from '../options/local-cognito.options.js';

/** What the command line cannot mean; the text is one line for the person who typed it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What `mandate` prints for `--help`. */
export const HELP = `Usage: mandate local [options]

Runs an embedded Amazon Cognito user pools service for development and tests.

Options:
  --port <number>   port to listen on (default 9229; 0 takes any free one)
  --host <address>  address to listen on (default 127.0.0.1: this machine only)
  --config <file>   JSON file with the pools: { "pools": [{ "name": ..., "clients": [...], "users": [...] }] }
  --data <dir>      keep pools, users and keys there over restarts
  --help            print this

Without --config there is one pool, us-east-1_Local0001, with the app clients "localpublicclient" and
"localsecretclient" (secret "localsecretclientsecret0"). Mails and SMS are printed here.
`;

/** What `mandate local` uses when no file says otherwise: ids that stay the same from start to start. */
const DEFAULT_POOL: LocalPoolOptions = {
  name: 'default',
  id: 'us-east-1_Local0001',
  clients: [
    { name: 'public', id: 'localpublicclient' },
    { name: 'secret', id: 'localsecretclient', secret: 'localsecretclientsecret0' },
  ],
};

/** A command line, read. */
export type Command = { readonly kind: 'help' } | { readonly kind: 'local'; readonly options: LocalCognitoOptions };

/**
 * Reads a command line and the file that it names.
 *
 * @throws UsageError
 */
export async function readCommand(args: readonly string[]): Promise<Command> {
  const { values, positionals } = parse(args);
  if (values.help) {
    return { kind: 'help' };
  }
  if (positionals[0] !== 'local' || positionals.length > 1) {
    throw new UsageError(`Unknown command "${positionals.join(' ')}"; try "mandate local" or "mandate --help".`);
  }
  const options = {
    port: portOf(values.port),
    host: values.host,
    ...(values.data !== undefined && { dataDirectory: values.data }),
  };
  const file = values.config === undefined ? { pools: [DEFAULT_POOL] } : await readConfig(values.config);
  return { kind: 'local', options: { ...file, ...options } };
}

function parse(args: readonly string[]): {
  values: { port: string; host: string; config?: string; data?: string; help?: boolean };
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
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    // Node adds advice about positional arguments, which do not help here.
    const [sentence = ''] = (error as Error).message.split(/\.\s|\n/);
    throw new UsageError(`${sentence}; try "mandate --help".`);
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new UsageError(`--port should be a number from 0 to 65535, not "${text}".`);
  }
  return port;
}

async function readConfig(path: string): Promise<Pick<LocalCognitoOptions, 'pools' | 'users'>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    throw new UsageError(`--config: the file "${path}" cannot be read.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`--config: the file "${path}" is not JSON: ${(error as Error).message}`);
  }
  const members = Array.isArray(value) ? { pools: value } : value;
  if (typeof members !== 'object' || members === null) {
    throw new UsageError(`--config: the file "${path}" should hold an object with "pools", or a list of pools.`);
  }
  return members;
}
