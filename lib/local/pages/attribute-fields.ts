import { type Field, field } from './fields.js';
import type { Html } from './html.js';
import type { TextName, Texts } from './texts.js';

type Known = Partial<Field> & { readonly text: TextName; readonly hintText?: TextName };

/** The attributes with texts of their own. */
const KNOWN: Readonly<Record<string, Known>> = {
  email: { text: 'email', type: 'email', autocomplete: 'email' },
  phone_number: { text: 'phone', type: 'tel', autocomplete: 'tel', hintText: 'phoneHint' },
  name: { text: 'name', autocomplete: 'name' },
  given_name: { text: 'givenName', autocomplete: 'given-name' },
  family_name: { text: 'familyName', autocomplete: 'family-name' },
  birthdate: { text: 'birthdate', autocomplete: 'bday', hintText: 'birthdateHint' },
};

/** Prefix of the inputs of attributes. */
export const ATTRIBUTE_PREFIX = 'attribute-';

/** The input of a user's attribute. An attribute without a text is labelled by its name. */
export function attributeField(texts: Texts, name: string, value?: string): Html {
  const { text, hintText, ...more } = KNOWN[name] ?? { text: undefined, hintText: undefined };
  return field({
    autocomplete: 'off',
    ...more,
    name: ATTRIBUTE_PREFIX + name,
    label: text === undefined ? plainName(name) : texts[text],
    ...(hintText !== undefined && { hint: texts[hintText] }),
    value,
  });
}

function plainName(name: string): string {
  const words = name.replace(/^custom:/, '').replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
