import { readFile } from 'node:fs/promises';

import { DEFAULT_PORT, defaultPool } from '../../local/default-pool.js';
import type { LocalCognitoOptions } from '../../local/options/local-cognito.options.js';
import type { CommandOptions, OptionValues } from '../command.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';
import { parseConfig } from './config-file.js';
import { type Setting, settingsOf } from './settings.js';

/** The options of `mandate local`. Their defaults are not given here, as the environment and the configuration come first. */
export const LOCAL_OPTIONS = {
  port: { value: 'number', description: `Port to listen on. 0 selects any free port. Default: ${DEFAULT_PORT}.` },
  host: {
    value: 'address',
    description: 'Address to listen on. 127.0.0.1 is reached from this machine only. Default: 127.0.0.1.',
  },
  issuer: {
    value: 'url',
    description:
      'What tokens name as their issuer, before the pool\'s id; "aws" for the issuers of AWS. Default: the address of the server.',
  },
  region: { value: 'region', description: 'Region of pools without an id. Default: us-east-1.' },
  'allow-origin': {
    value: 'origins',
    description:
      'Origins whose web pages may call the server, with commas between them. Default: those of localhost only.',
    repeatable: true,
  },
  config: {
    value: 'file',
    description:
      'JSON, JSON5 or YAML file with the pools: { "pools": [{ "name": ..., "clients": [...], "users": [...] }] }',
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

type Find = (option: keyof typeof LOCAL_OPTIONS) => Setting | undefined;

/**
 * Reads the options from the command line, else the environment, else the configuration; and the files that they name.
 *
 * @throws UsageError
 */
export async function readLocalOptions(
  values: OptionValues,
  environment: Terminal['environment'],
): Promise<LocalCognitoOptions> {
  const find: Find = settingsOf(values, environment);
  const config = find('config');
  const configured = config === undefined ? {} : await parseConfig(config, await readText(config));
  const options = {
    port: DEFAULT_PORT,
    ...configured,
    ...addressOf(find),
    ...quotasOf(values, find),
    ...mailOf(find),
    ...(await tlsOf(find)),
  };
  return config === undefined ? { pools: [defaultPool(options.region)], ...options } : options;
}

function addressOf(find: Find): LocalCognitoOptions {
  const [host, issuer, region, data] = [find('host'), find('issuer'), find('region'), find('data')];
  const [port, origins] = [find('port'), find('allow-origin')];
  return {
    ...(port && { port: portOf(port) }),
    ...(host && { host: host.value }),
    ...(issuer && { issuer: issuer.value }),
    ...(region && { region: region.value }),
    ...(data && { dataDirectory: data.value }),
    ...(origins && { allowedOrigins: origins.value.split(',').map((origin) => origin.trim()) }),
  };
}

function portOf({ value, source }: Setting): number {
  const port = Number(value);
  if (!/^\d+$/.test(value) || port > 65_535) {
    throw new UsageError(`${source} must be a number from 0 to 65535, not "${value}".`);
  }
  return port;
}

function mailOf(find: Find): Pick<LocalCognitoOptions, 'smtp' | 'smtpFrom'> {
  const [smtp, from] = [find('smtp'), find('smtp-from')];
  return { ...(smtp && { smtp: smtp.value }), ...(from && { smtpFrom: from.value }) };
}

/** A flag of the command line; "true" or "false" in its variable. */
function quotasOf(values: OptionValues, find: Find): Pick<LocalCognitoOptions, 'quotas'> {
  const setting = find('quotas');
  if (values['quotas'] === true || setting?.value === 'true') {
    return { quotas: true };
  }
  if (setting !== undefined && setting.value !== 'false') {
    throw new UsageError(`${setting.source} must be "true" or "false", not "${setting.value}".`);
  }
  return {};
}

async function tlsOf(find: Find): Promise<Pick<LocalCognitoOptions, 'tls'>> {
  const [key, cert] = [find('tls-key'), find('tls-cert')];
  if (key === undefined && cert === undefined) {
    return {};
  }
  if (key === undefined || cert === undefined) {
    throw new UsageError('--tls-key and --tls-cert need each other: give both or neither.');
  }
  return { tls: { key: await readText(key), cert: await readText(cert) } };
}

async function readText({ value, source }: Setting): Promise<string> {
  try {
    return await readFile(value, 'utf8');
  } catch {
    throw new UsageError(`${source}: cannot read the file "${value}".`);
  }
}
