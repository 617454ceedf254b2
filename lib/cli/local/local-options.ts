import { readFile } from 'node:fs/promises';

import { DEFAULT_POOL, DEFAULT_PORT } from '../../local/default-pool.js';
import type { LocalCognitoOptions } from '../../local/options/local-cognito.options.js';
import { isObject } from '../../types/is-object.js';
import type { CommandOptions, OptionValues } from '../command.js';
import { UsageError } from '../usage-error.js';

/** The options of `mandate local`. */
export const LOCAL_OPTIONS = {
  port: { value: 'number', description: 'Port to listen on. 0 selects any free port.', default: String(DEFAULT_PORT) },
  host: {
    value: 'address',
    description: 'Address to listen on. 127.0.0.1 is reached from this machine only.',
    default: '127.0.0.1',
  },
  config: {
    value: 'file',
    description: 'JSON file with the pools: { "pools": [{ "name": ..., "clients": [...], "users": [...] }] }',
  },
  'tls-key': {
    value: 'file',
    description: 'Private key (PEM). With --tls-cert the server speaks HTTPS. Default: plain HTTP.',
  },
  'tls-cert': { value: 'file', description: 'Certificate of that key (PEM).' },
  data: {
    value: 'directory',
    description: 'Directory that keeps pools, users and keys between runs. Default: nothing is kept.',
  },
  quotas: { description: 'Limits requests by the default request rate quotas of AWS.' },
  smtp: {
    value: 'url',
    description:
      'Mail server to which e-mails are sent too, such as smtp://127.0.0.1:1025. Needs the package nodemailer.',
  },
  'smtp-from': {
    value: 'address',
    description: 'Sender of these e-mails. Default: that of the pool, else of Cognito.',
  },
} as const satisfies CommandOptions;

/**
 * Reads the values of the options, and the files that they name.
 *
 * @throws UsageError
 */
export async function readLocalOptions(values: OptionValues): Promise<LocalCognitoOptions> {
  const { config, data, host, port } = values as Record<keyof typeof LOCAL_OPTIONS, string | undefined>;
  const options = {
    port: portOf(port ?? LOCAL_OPTIONS.port.default),
    host: host ?? LOCAL_OPTIONS.host.default,
    ...(data !== undefined && { dataDirectory: data }),
    ...(values['quotas'] === true && { quotas: true }),
    ...mailOf(values),
    ...(await tlsOf(values)),
  };
  const pools = config === undefined ? { pools: [DEFAULT_POOL] } : await readConfig(config);
  return { ...pools, ...options };
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

function mailOf({ smtp, 'smtp-from': smtpFrom }: OptionValues): Pick<LocalCognitoOptions, 'smtp' | 'smtpFrom'> {
  return { ...(typeof smtp === 'string' && { smtp }), ...(typeof smtpFrom === 'string' && { smtpFrom }) };
}

async function tlsOf(values: OptionValues): Promise<Pick<LocalCognitoOptions, 'tls'>> {
  const { 'tls-key': key, 'tls-cert': cert } = values;
  if (key === undefined && cert === undefined) {
    return {};
  }
  if (typeof key !== 'string' || typeof cert !== 'string') {
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
