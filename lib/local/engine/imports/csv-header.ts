import type { Pool } from '../../model/pool.js';

/** The column with the username. */
export const USERNAME_COLUMN = 'cognito:username';
/** The column that says whether SMS is the user's second factor. */
export const MFA_COLUMN = 'cognito:mfa_enabled';
/** The column with the hash of the password, in files of jobs with a PasswordHashingAlgorithm. Not verified against AWS. */
export const PASSWORD_COLUMN = 'cognito:password_hash';

/** GetCSVHeader: every attribute that can be imported, and two columns of Cognito's own. */
export function csvHeaderOf({ schema }: Pick<Pool, 'schema'>): string[] {
  return [...[...schema.keys()].filter((name) => name !== 'sub'), MFA_COLUMN, USERNAME_COLUMN];
}

/** Whether the first line of a file has the columns that it must have, in any order. */
export function isHeaderOf(pool: Pool, columns: readonly string[], withPasswords: boolean): boolean {
  const expected = new Set([...csvHeaderOf(pool), ...(withPasswords ? [PASSWORD_COLUMN] : [])]);
  return (
    columns.length === expected.size &&
    new Set(columns).size === expected.size &&
    columns.every((name) => expected.has(name))
  );
}
