import { MandateConfigurationError } from '../../errors/configuration-error.js';
import {
  atLeast,
  listOf,
  matching,
  nullable,
  object,
  objectOf,
  oneOf,
  optional,
  type OptionRule,
  rule,
} from '../../module/rule-builders.js';
import { isObject } from '../../types/is-object.js';
import type { BrowserSessionOptions } from './browser-session.options.js';

/** Characters. Shorter text has too little entropy for a key of 256 bits. */
export const MIN_SECRET_LENGTH = 32;

/** A token of RFC 9110, section 5.6.2. */
const HTTP_TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

const isSecret = (value: unknown): boolean => typeof value === 'string' && value.length >= MIN_SECRET_LENGTH;

const secret = rule(
  `is required and must be text of at least ${String(MIN_SECRET_LENGTH)} characters, such as the output of "openssl rand -base64 32", or a non-empty list of such texts`,
  (value) => (Array.isArray(value) ? value.length > 0 && value.every(isSecret) : isSecret(value)),
);

const store = object('must be a Keyv or another object with get(), set() and delete()', (value) =>
  ['get', 'set', 'delete'].every((method) => typeof value[method] === 'function'),
);

/** Days as milliseconds exceed what a timer of Node.js takes, which `atLeast` guards against. */
const duration = rule(
  'must be a whole number of milliseconds, 1 or more',
  (value) => Number.isSafeInteger(value) && (value as number) >= 1,
);

/** Whether a value is the origin of a web page as `Origin` headers state it. */
export function isOrigin(value: unknown): boolean {
  return typeof value === 'string' && URL.canParse(value) && isHttp(new URL(value)) && new URL(value).origin === value;
}

function isHttp({ protocol }: URL): boolean {
  return protocol === 'https:' || protocol === 'http:';
}

const SESSION_RULES: Readonly<Record<keyof BrowserSessionOptions, OptionRule>> = {
  secret,
  store: optional(store),
  storeTimeout: optional(atLeast(1, 'milliseconds')),
  cookie: optional(
    objectOf({
      name: optional(
        matching((name) => /^[A-Za-z0-9_-]{1,64}$/.test(name), 'must consist of 1 to 64 letters, digits, "-" and "_"'),
      ),
      sameSite: optional(oneOf('strict', 'lax')),
      insecureLocalhost: optional(oneOf(true)),
    }),
  ),
  keep: optional(
    rule(
      'must be a list of claim names, or "idToken"',
      (value) => Array.isArray(value) && value.every((item) => typeof item === 'string' && item !== ''),
    ),
  ),
  idle: optional(duration),
  absolute: optional(duration),
  renewBefore: optional(atLeast(0, 'milliseconds')),
  origin: optional(rule('must be an origin, such as "https://app.example.com", without a path', isOrigin)),
  csrf: optional(
    nullable(
      objectOf({
        header: optional(matching((name) => HTTP_TOKEN.test(name), 'must be the name of a header')),
        origins: optional(listOf('origins, such as "https://admin.example.com"', isOrigin)),
        doubleSubmit: optional(oneOf(true, false)),
      }),
    ),
  ),
};

/** The rule of the option `session`. */
export const sessionRule: OptionRule = objectOf(SESSION_RULES);

/** Of a module's own options. */
export const registrationRules = {
  name: optional(rule('must be a non-blank string', (value) => typeof value === 'string' && value.trim() !== '')),
  session: sessionRule,
} as const;

/**
 * Checks the options of a module.
 *
 * @throws MandateConfigurationError naming the first option that is missing, unknown or malformed.
 */
export function assertOptions(options: unknown, rules: Readonly<Record<string, OptionRule>>): void {
  const given = isObject(options) ? options : {};
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(rules, name));
  if (unknown !== undefined) {
    throw new MandateConfigurationError(unknown, `is unknown. Known options: ${Object.keys(rules).join(', ')}`);
  }
  for (const [name, check] of Object.entries(rules)) {
    const fault = check(given[name]);
    if (fault !== undefined) {
      throw new MandateConfigurationError(`${name}${fault.member}`, fault.requirement);
    }
  }
}
