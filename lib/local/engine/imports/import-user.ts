import type { Pool } from '../../model/pool.js';
import type { ImportedPassword, UserImportJob } from '../../model/user-import-job.js';
import { CognitoFault } from '../cognito-fault.js';
import type { Environment } from '../environment.js';
import { CHANNELS } from '../messages/outgoing-message.js';
import { enableFactor } from '../mfa/preferences.js';
import { addUser, resolveUsername } from '../users/add-user.js';
import { claimAlias } from '../users/aliases.js';
import { type Attributes, assertSignUpAttributes } from '../users/attribute-rules.js';
import { findUser, usernameAttributeOwner } from '../users/find-user.js';
import { isVerified } from '../users/verification-flags.js';
import { MFA_COLUMN, PASSWORD_COLUMN, USERNAME_COLUMN } from './csv-header.js';
import { isPasswordHash } from './password-hash.js';

/** What became of a row. */
export interface RowResult {
  readonly outcome: 'SUCCEEDED' | 'SKIPPED' | 'FAILED';
  /** For the log. Names no user. */
  readonly text: string;
}

/** The values of a row by column. Empty cells are absent. */
export type ImportedRow = Readonly<Record<string, string>>;

const OWN_COLUMNS: readonly string[] = [MFA_COLUMN, USERNAME_COLUMN, PASSWORD_COLUMN];

/**
 * Imports the user of a row, without PreSignUp and PostConfirmation. Users with a password hash are confirmed, all others
 * must reset their password.
 */
export function importUser(
  environment: Pick<Environment, 'clock' | 'random'>,
  pool: Pool,
  { algorithm }: Pick<UserImportJob, 'algorithm'>,
  row: ImportedRow,
): RowResult {
  const attributes = attributesOf(pool, row);
  const name = row[USERNAME_COLUMN] ?? (usesAttributes(pool) ? (row['email'] ?? row['phone_number']) : undefined);
  if (name === undefined) {
    return failed('The User Record does not set the username.');
  }
  if (exists(pool, name, attributes)) {
    return { outcome: 'SKIPPED', text: 'The user already exists.' };
  }
  const hash = row[PASSWORD_COLUMN];
  const importedPassword = algorithm !== undefined && hash !== undefined ? { algorithm, hash } : undefined;
  try {
    const problem = problemOf(pool, row, attributes, importedPassword);
    if (problem !== undefined) {
      return failed(problem);
    }
    claimAliases(pool, name, attributes);
    const status = importedPassword === undefined ? 'RESET_REQUIRED' : 'CONFIRMED';
    const user = addUser(environment, { pool, username: name, attributes, status });
    if (importedPassword !== undefined) {
      user.importedPassword = importedPassword;
    }
    if (isTrue(row[MFA_COLUMN])) {
      enableFactor(user, 'SMS_MFA');
    }
  } catch (error) {
    return failed(error instanceof CognitoFault ? error.message : 'The user could not be imported.');
  }
  return { outcome: 'SUCCEEDED', text: 'The import succeeded.' };
}

function problemOf(
  pool: Pool,
  row: ImportedRow,
  attributes: Attributes,
  password: ImportedPassword | undefined,
): string | undefined {
  const { AutoVerifiedAttributes: verified = [] } = pool.settings;
  const addresses = verified.length > 0 ? verified : CHANNELS;
  if (!addresses.some((address) => isVerified(attributes, address) && attributes[address] !== undefined)) {
    return 'The User Record does not set any of the auto verified attributes to true. (Example: email_verified to true).';
  }
  if (CHANNELS.some((address) => isVerified(attributes, address) && attributes[address] === undefined)) {
    return 'The User Record verifies an address that it does not have.';
  }
  const mfa = row[MFA_COLUMN]?.toLowerCase() ?? 'false';
  if (mfa !== 'true' && mfa !== 'false') {
    return `The User Record must set ${MFA_COLUMN} to true or false.`;
  }
  if (mfa === 'true' && attributes['phone_number'] === undefined) {
    return `The User Record sets ${MFA_COLUMN} to true without a phone_number.`;
  }
  if (password !== undefined && !isPasswordHash(password)) {
    return `The password hash is not a valid ${password.algorithm} hash.`;
  }
  assertSignUpAttributes(pool, attributes);
  return undefined;
}

/** Flags are written in lower case. */
function attributesOf({ schema }: Pool, row: ImportedRow): Attributes {
  const values = Object.entries(row).filter(([column]) => !OWN_COLUMNS.includes(column));
  return Object.fromEntries(
    values.map(([name, value]) => [
      name,
      schema.get(name)?.AttributeDataType === 'Boolean' ? value.toLowerCase() : value,
    ]),
  );
}

function exists(pool: Pool, name: string, attributes: Attributes): boolean {
  const { UsernameAttributes = [] } = pool.settings;
  const owns = (attribute: string) => {
    const value = attributes[attribute];
    return value !== undefined && usernameAttributeOwner(pool, attribute, value) !== undefined;
  };
  return findUser(pool, name) !== undefined || UsernameAttributes.some(owns);
}

function claimAliases(pool: Pool, name: string, attributes: Attributes): void {
  const { attributes: all } = resolveUsername(pool, name, attributes);
  for (const attribute of [...CHANNELS, 'preferred_username']) {
    const value = all[attribute];
    if (value !== undefined && (attribute === 'preferred_username' || isVerified(all, attribute))) {
      claimAlias(pool, undefined, attribute, value);
    }
  }
}

function usesAttributes({ settings }: Pool): boolean {
  return (settings.UsernameAttributes ?? []).length > 0;
}

function isTrue(cell: string | undefined): boolean {
  return cell?.toLowerCase() === 'true';
}

function failed(text: string): RowResult {
  return { outcome: 'FAILED', text };
}
