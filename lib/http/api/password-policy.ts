/**
 * Which passwords a pool accepts (PasswordPolicyType).
 *
 * @publicApi
 */
export interface PasswordPolicy {
  /** Characters. */
  readonly minimumLength: number;
  readonly requireUppercase: boolean;
  readonly requireLowercase: boolean;
  readonly requireNumbers: boolean;
  readonly requireSymbols: boolean;
}

/** The policy of a pool whose owner sets none. */
export const DEFAULT_PASSWORD_POLICY: PasswordPolicy = {
  minimumLength: 8,
  requireUppercase: true,
  requireLowercase: true,
  requireNumbers: true,
  requireSymbols: true,
};

/** Special characters, as Cognito documents them; a space counts inside a password. */
const SYMBOL = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\- ]/;

/** Cognito's text for the first rule that a password violates; undefined if it satisfies the policy. */
export function policyViolation(policy: PasswordPolicy, password: string): string | undefined {
  const rules: readonly (readonly [isSatisfied: boolean, text: string])[] = [
    [password.length >= policy.minimumLength, 'Password not long enough'],
    [!policy.requireUppercase || /[A-Z]/.test(password), 'Password must have uppercase characters'],
    [!policy.requireLowercase || /[a-z]/.test(password), 'Password must have lowercase characters'],
    [!policy.requireNumbers || /[0-9]/.test(password), 'Password must have numeric characters'],
    [!policy.requireSymbols || SYMBOL.test(password), 'Password must have symbol characters'],
  ];
  return rules.find(([isSatisfied]) => !isSatisfied)?.[1];
}
