import { field } from './fields.js';
import type { Html } from './html.js';
import { fill, type TextName, type Texts } from './texts.js';

/** What a password must contain. */
export interface PasswordRules {
  readonly length: number;
  readonly contains: readonly Extract<TextName, 'upperCase' | 'lowerCase' | 'digit' | 'symbol'>[];
}

/** The input of a new password, with what it must contain. */
export function newPasswordField(
  texts: Texts,
  label: 'password' | 'newPassword',
  { length, contains }: PasswordRules,
): Html {
  const rules = [fill(texts.passwordHint, { length: String(length) }), ...contains.map((name) => texts[name])];
  return field({
    name: 'password',
    label: texts[label],
    type: 'password',
    autocomplete: 'new-password',
    hint: rules.join(', '),
  });
}
