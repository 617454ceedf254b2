import { isObject } from '../types/is-object.js';
import { atLeast, object, objectOf, oneOf, optional, type OptionRule, rule } from './rule-builders.js';

const onUnavailable = optional(oneOf('reject', 'accept'));

const store = rule(
  'must be "memory", a Keyv or another object with get() and set()',
  (value) => value === 'memory' || hasMethods(value, 'get', 'set'),
);

const askCognito = objectOf({
  cacheSeconds: optional(atLeast(0, 'seconds')),
  timeout: optional(atLeast(1, 'milliseconds')),
  onUncheckable: optional(oneOf('reject', 'accept')),
});

/** The forms of the option, by the member that distinguishes them. */
const FORMS = {
  store: objectOf({
    store,
    timeout: optional(atLeast(1, 'milliseconds')),
    signInLifetimeSeconds: optional(atLeast(1, 'seconds')),
    onUnavailable,
  }),
  askCognito: objectOf({
    askCognito: (value) => (value === true ? undefined : askCognito(value)),
    onUnavailable,
  }),
  check: objectOf({
    check: object('must be an object with isRevoked()', (value) => hasMethods(value, 'isRevoked')),
    onUnavailable,
  }),
} satisfies Readonly<Record<string, OptionRule>>;

/** The option `revocation`. */
export const revocationRule: OptionRule = (value) => {
  const forms = Object.keys(FORMS) as (keyof typeof FORMS)[];
  const form = isObject(value) ? forms.find((member) => value[member] !== undefined) : undefined;
  return form === undefined
    ? { member: '', requirement: 'must be an object with one of the members "store", "askCognito" or "check"' }
    : FORMS[form](value);
};

function hasMethods(value: unknown, ...names: readonly string[]): boolean {
  return isObject(value) && names.every((name) => typeof value[name] === 'function');
}
