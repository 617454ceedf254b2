import type { Pool } from '../../model/pool.js';
import { ATTRIBUTE_PREFIX } from '../../pages/attribute-fields.js';
import type { PasswordRules } from '../../pages/password-field.js';
import type { TextName } from '../../pages/texts.js';

/** A value of a form, without spaces around it. Empty if it is absent. */
export function input(form: URLSearchParams, name: string): string {
  return form.get(name)?.trim() ?? '';
}

/** The attributes of a form that are filled in, by name. */
export function attributeInputs(form: URLSearchParams, names: readonly string[]): Record<string, string> {
  const values = names.map((name) => [name, input(form, ATTRIBUTE_PREFIX + name)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== ''));
}

/** What a new password must contain. */
export function passwordRules({ settings }: Pool): PasswordRules {
  const policy = settings.Policies?.PasswordPolicy ?? {};
  return {
    length: policy.MinimumLength ?? 6,
    contains: [
      ...(policy.RequireUppercase ? (['upperCase'] as const) : []),
      ...(policy.RequireLowercase ? (['lowerCase'] as const) : []),
      ...(policy.RequireNumbers ? (['digit'] as const) : []),
      ...(policy.RequireSymbols ? (['symbol'] as const) : []),
    ],
  };
}

/** What users of the pool sign in with. */
export function usernameLabel({ settings }: Pool): TextName {
  const names = settings.UsernameAttributes ?? [];
  if (names.length > 1) {
    return 'emailOrPhone';
  }
  if (names.length === 1) {
    return names[0] === 'email' ? 'email' : 'phone';
  }
  return settings.AliasAttributes?.includes('email') ? 'usernameOrEmail' : 'username';
}
