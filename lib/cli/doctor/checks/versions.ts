import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { installedVersion } from '../../../scaffold/installed-packages.js';
import { packageManifest } from '../../../scaffold/package-manifest.js';
import { parseJson } from '../../../scaffold/source/json.js';
import { isObject } from '../../../types/is-object.js';
import { fault, type Finding, ok, warning } from '../finding.js';

/** What optional packages are for. */
const OPTIONAL: Readonly<Record<string, string>> = {
  'class-validator': 'mandate/dto and the auth API',
  'class-transformer': 'mandate/dto and the auth API',
  '@nestjs/throttler': 'the auth API',
  '@nestjs/terminus': 'mandate/health',
  'classic-level': 'data that the embedded Cognito keeps',
  keyv: 'sessions and revocation in a store',
  json5: 'comments in the configuration of mandate local',
  yaml: 'a configuration of mandate local in YAML',
  '@aws-crypto/client-node': 'encrypted codes for custom senders in the embedded Cognito',
  '@simplewebauthn/server': 'passkeys in the embedded Cognito',
  'hash-wasm': 'users imported with BCRYPT or ARGON2ID hashes into the embedded Cognito',
  nodemailer: 'e-mails that the embedded Cognito sends to a mail server',
};

/** Node, this package, Nest, and the packages that it needs in the application. */
export function checkVersions(directory: string): Finding[] {
  const { version, engines, peerDependencies = {} } = packageManifest();
  const versionOf = (name: string) => installedVersion(directory, name);
  const nest = versionOf('@nestjs/core');
  const found = `Node ${process.versions.node}, mandate ${version}, ${nest === undefined ? 'no NestJS here' : `NestJS ${nest}`}.`;
  const findings: Finding[] = [];
  if (!isNodeSupported(process.versions.node)) {
    findings.push(fault('versions', found, `Update Node: mandate needs ${engines?.node ?? '>=20.19'}.`));
  }
  if (nest === undefined) {
    return [...findings, warning('versions', found, 'Run this in the folder of the application.')];
  }
  if (!/^(?:11|12)\./.test(nest)) {
    findings.push(fault('versions', found, 'Update NestJS to 11 or 12.'));
  }
  const required = Object.keys(peerDependencies).filter((name) => !(name in OPTIONAL));
  const named = Object.keys(dependenciesOf(directory));
  const missing = [...new Set([...required, ...named])].filter((name) => versionOf(name) === undefined);
  if (missing.length > 0) {
    findings.push(
      fault('versions', `Packages are not installed: ${missing.join(', ')}.`, `Run: npm install ${missing.join(' ')}`),
    );
  }
  const absent = Object.entries(OPTIONAL).filter(([name]) => versionOf(name) === undefined && !named.includes(name));
  return [
    ...findings,
    ...(findings.length === 0 ? [ok('versions', found)] : []),
    ...absent.map(([name, use]) => ok('versions', `${name} is not installed. It is needed only for ${use}.`)),
  ];
}

function isNodeSupported(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 20 || (major === 20 && minor >= 19);
}

/** What package.json of the application names. */
function dependenciesOf(directory: string): Readonly<Record<string, string>> {
  const file = join(directory, 'package.json');
  if (!existsSync(file)) {
    return {};
  }
  try {
    const manifest = parseJson(readFileSync(file, 'utf8'));
    return isObject(manifest) && isObject(manifest['dependencies'])
      ? (manifest['dependencies'] as Record<string, string>)
      : {};
  } catch {
    // Every other tool complains about it.
    return {};
  }
}
