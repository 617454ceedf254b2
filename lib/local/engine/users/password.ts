import { srpRealmOfPool, type SrpIdentity } from '../../../protocol/srp/identity.js';
import { createVerifier, verifierMatches } from '../../../protocol/srp/server.js';
import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import { CognitoFault } from '../cognito-fault.js';
import type { Environment } from '../environment.js';

const SALT_BYTES = 16;

/** Who SRP proves: the pool's name and the internal username. */
export function srpIdentity(pool: Pool, username: string): SrpIdentity {
  return { realm: srpRealmOfPool(pool.id), userId: username };
}

/** Whether a password is the user's. A user without one has none that fits. */
export function passwordMatches(pool: Pool, user: User, password: string): boolean {
  return (
    user.credential !== undefined &&
    verifierMatches(user.credential.verifier, srpIdentity(pool, user.username), password)
  );
}

/** Gives a user a password. Neither policy nor history is asked here. */
export function setPassword(
  { clock, random }: Pick<Environment, 'clock' | 'random'>,
  pool: Pool,
  user: User,
  password: string,
  temporary = false,
): void {
  const history = user.credential === undefined ? [] : [user.credential.verifier];
  const verifier = createVerifier(srpIdentity(pool, user.username), password, random.bytes(SALT_BYTES).toString('hex'));
  user.passwordHistory = [...history, ...user.passwordHistory].slice(0, historySize(pool));
  user.credential = { verifier, temporary, setAt: clock() };
  delete user.failedPasswords;
}

/** @throws CognitoFault PasswordHistoryPolicyViolationException when the pool remembers the password. */
export function assertNotUsedBefore(pool: Pool, user: User, password: string): void {
  const size = historySize(pool);
  const current = user.credential === undefined ? [] : [user.credential.verifier];
  const remembered = [...current, ...user.passwordHistory].slice(0, size);
  if (remembered.some((verifier) => verifierMatches(verifier, srpIdentity(pool, user.username), password))) {
    throw new CognitoFault('PasswordHistoryPolicyViolationException', 'Password has been used before.');
  }
}

/** Whether a temporary password is older than the pool allows. */
export function temporaryPasswordExpired({ clock }: Pick<Environment, 'clock'>, pool: Pool, user: User): boolean {
  const days = pool.settings.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays ?? 7;
  return user.credential?.temporary === true && clock() >= user.credential.setAt + days * 86_400_000;
}

function historySize(pool: Pool): number {
  return pool.settings.Policies?.PasswordPolicy?.PasswordHistorySize ?? 0;
}
