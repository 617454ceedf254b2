import type { Pool } from '../../model/pool.js';
import { CognitoFault } from '../cognito-fault.js';

/** The symbols that count, as Cognito's documentation lists them; a space inside counts too. */
const SYMBOL = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\- ]/;

/** The two beginnings of the same refusal. Which operation says which is marked (?) in part in the reference. */
export type PolicyWording = 'policy' | 'password policy';

/** @throws CognitoFault InvalidPasswordException that names the first rule broken. */
export function assertPasswordPolicy(pool: Pool, password: string, wording: PolicyWording = 'policy'): void {
  const policy = pool.settings.Policies?.PasswordPolicy ?? {};
  const rules: readonly (readonly [boolean, string])[] = [
    [password.length >= (policy.MinimumLength ?? 0), 'Password not long enough'],
    [!policy.RequireUppercase || /[A-Z]/.test(password), 'Password must have uppercase characters'],
    [!policy.RequireLowercase || /[a-z]/.test(password), 'Password must have lowercase characters'],
    [!policy.RequireNumbers || /[0-9]/.test(password), 'Password must have numeric characters'],
    [!policy.RequireSymbols || SYMBOL.test(password), 'Password must have symbol characters'],
  ];
  const broken = rules.find(([kept]) => !kept);
  if (broken !== undefined) {
    throw new CognitoFault('InvalidPasswordException', `Password did not conform with ${wording}: ${broken[1]}`);
  }
}
