import type { Pool } from '../../model/pool.js';
import { CognitoFault } from '../cognito-fault.js';
import type { Random } from '../random.js';

/** Makes a generated password longer than any minimum length. */
const EXTRA_LENGTH = 8;
/** The special characters of Cognito's documentation, including the space. */
const SYMBOL = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\- ]/;

/** Cognito's two wordings of the message. Not verified against AWS: which operation uses which. */
export type PolicyWording = 'policy' | 'password policy';

/** @throws CognitoFault InvalidPasswordException with the first violated rule. */
export function assertPasswordPolicy(pool: Pool, password: string, wording: PolicyWording = 'policy'): void {
  const policy = pool.settings.Policies?.PasswordPolicy ?? {};
  const rules: readonly (readonly [boolean, string])[] = [
    [password.length >= (policy.MinimumLength ?? 0), 'Password not long enough'],
    [!policy.RequireUppercase || /[A-Z]/.test(password), 'Password must have uppercase characters'],
    [!policy.RequireLowercase || /[a-z]/.test(password), 'Password must have lowercase characters'],
    [!policy.RequireNumbers || /[0-9]/.test(password), 'Password must have numeric characters'],
    [!policy.RequireSymbols || SYMBOL.test(password), 'Password must have symbol characters'],
  ];
  const violated = rules.find(([satisfied]) => !satisfied);
  if (violated !== undefined) {
    throw new CognitoFault('InvalidPasswordException', `Password did not conform with ${wording}: ${violated[1]}`);
  }
}

/** Generates a temporary password that satisfies every policy: upper case, lower case, digits and a symbol. */
export function generatePassword(random: Random, minimumLength: number): string {
  return `${random.alphanumeric(minimumLength + EXTRA_LENGTH)}aZ7!`;
}
