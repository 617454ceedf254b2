import { srpRealmOfPool, type SrpIdentity } from '../../../protocol/srp/identity.js';
import { createVerifier, type SrpVerifier, verifierMatches } from '../../../protocol/srp/server.js';
import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import { CognitoFault } from '../cognito-fault.js';
import type { Environment } from '../environment.js';
import { passwordHasHash } from '../imports/password-hash.js';

const SALT_BYTES = 16;
const DAY_MS = 86_400_000;

/** The SRP identity of a user: the pool's name and the internal username. */
export function srpIdentity(pool: Pool, username: string): SrpIdentity {
  return { realm: srpRealmOfPool(pool.id), userId: username };
}

/** Whether the user has a password. */
export function hasPassword({ credential, importedPassword }: User): boolean {
  return credential !== undefined || importedPassword !== undefined;
}

/**
 * Whether a password is the user's. Always false for a user without a password. An imported hash that matches is replaced
 * by a verifier, with which SRP works too.
 *
 * @throws MandateError `PEER_MISSING` if an imported hash cannot be verified.
 */
export async function passwordMatches(
  environment: Pick<Environment, 'clock' | 'random'>,
  pool: Pool,
  user: User,
  password: string,
): Promise<boolean> {
  const { credential, importedPassword } = user;
  if (credential !== undefined) {
    return verifierMatches(credential.verifier, srpIdentity(pool, user.username), password);
  }
  const matches = importedPassword !== undefined && (await passwordHasHash(importedPassword, password));
  // Another call may have set a password meanwhile.
  if (matches && user.importedPassword === importedPassword) {
    setPassword(environment, pool, user, password);
  }
  return matches;
}

/** Sets a password without checking policy or history. */
export function setPassword(
  { clock, random }: Pick<Environment, 'clock' | 'random'>,
  pool: Pool,
  user: User,
  password: string,
  temporary = false,
): void {
  const previous = knownVerifiers(user);
  const verifier = createVerifier(srpIdentity(pool, user.username), password, random.bytes(SALT_BYTES).toString('hex'));
  user.passwordHistory = previous.slice(0, historySize(pool));
  user.credential = { verifier, temporary, setAt: clock() };
  delete user.importedPassword;
  delete user.failedPasswords;
}

/** @throws CognitoFault PasswordHistoryPolicyViolationException when the password is in the history. */
export function assertNotUsedBefore(pool: Pool, user: User, password: string): void {
  const remembered = knownVerifiers(user).slice(0, historySize(pool));
  if (remembered.some((verifier) => verifierMatches(verifier, srpIdentity(pool, user.username), password))) {
    throw new CognitoFault('PasswordHistoryPolicyViolationException', 'Password has been used before.');
  }
}

/** Whether a temporary password is older than the pool allows. */
export function temporaryPasswordExpired({ clock }: Pick<Environment, 'clock'>, pool: Pool, user: User): boolean {
  const days = pool.settings.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays ?? 7;
  return user.credential?.temporary === true && clock() >= user.credential.setAt + days * DAY_MS;
}

/** The verifiers of the current and the previous passwords, newest first. */
function knownVerifiers({ credential, passwordHistory }: User): SrpVerifier[] {
  return credential === undefined ? passwordHistory : [credential.verifier, ...passwordHistory];
}

function historySize(pool: Pool): number {
  return pool.settings.Policies?.PasswordPolicy?.PasswordHistorySize ?? 0;
}
