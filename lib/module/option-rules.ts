import { isRegion } from '../protocol/region.js';
import type { MandateModuleOptions } from './options.js';

/** Says what an option should be when a value is not that: the rest of a sentence that begins with the option. */
export type OptionRule = (value: unknown) => string | undefined;

/** One rule for each option; an option without a rule does not compile. */
export const OPTION_RULES: Readonly<Record<keyof MandateModuleOptions, OptionRule>> = {
  userPoolId: matching(
    /^(?=.{1,55}$)[\w-]+_[0-9a-zA-Z]+$/,
    'must be the id of a user pool, such as "eu-west-1_AbCdEfGhI"',
  ),
  clientId: matching(/^[\w+]{1,128}$/, 'must be the id of an app client, such as "1h57kf5cpq17m0eml12EXAMPLE"'),
  region: optional(matching({ test: isRegion }, 'must be an AWS region, such as "eu-west-1"')),
  clock: optional(aFunction),
  clientSecret: optional(secret),
  endpoint: optional(url),
  credentials: optional(objectOrFunction),
  retry: optional(
    objectOf({
      maxAttempts: optional(atLeast(1, 'attempts')),
      baseDelay: optional(atLeast(0, 'milliseconds')),
      maxDelay: optional(atLeast(0, 'milliseconds')),
    }),
  ),
  requestTimeout: optional(atLeast(1, 'milliseconds')),
  callTimeout: optional(atLeast(1, 'milliseconds')),
  attributes: optional(attributeNames),
  renewalMethod: optional(oneOf('GetTokensFromRefreshToken', 'REFRESH_TOKEN_AUTH')),
  issuer: optional(url),
  replicaRegions: optional(listOfTexts('AWS regions')),
  jwksUri: optional(url),
  jwks: optional(keySet),
  jwksTimeout: optional(atLeast(1, 'milliseconds')),
  jwksMaxStale: optional(atLeast(0, 'milliseconds')),
  jwksPreload: optional(oneOf(true, false)),
  tokenUse: optional(oneOf('access', 'id', null)),
  acceptedClientIds: optional(nullOr(listOfTexts('app client ids'))),
  audiences: optional(nullOr(listOfTexts('audiences'))),
  clockToleranceSeconds: optional(atLeast(0, 'seconds')),
  maxTokenLength: optional(atLeast(1, 'characters')),
  tokenCacheSize: optional(atLeast(0, 'tokens')),
  tenants: optional(aFunction),
  revocation: optional(revocation),
  customCheck: optional(aFunction),
  onTokenEvent: optional(aFunction),
  extractors: optional(listOfFunctions),
  realm: optional(matching(/^[\x20-\x7e]+$/, 'must be printable ASCII text')),
};

function optional(rule: OptionRule): OptionRule {
  return (value) => (value === undefined ? undefined : rule(value));
}

function nullOr(rule: OptionRule): OptionRule {
  return (value) => {
    const requirement = value === null ? undefined : rule(value);
    return requirement && `${requirement}, or null`;
  };
}

function matching(pattern: Pick<RegExp, 'test'>, requirement: string): OptionRule {
  return (value) => {
    if (value === undefined || value === null || value === '') {
      return `is missing: it ${requirement}`;
    }
    return typeof value === 'string' && pattern.test(value) ? undefined : requirement;
  };
}

function oneOf(...values: readonly unknown[]): OptionRule {
  const names = values.map((value) => JSON.stringify(value)).join(', ');
  return (value) => (values.includes(value) ? undefined : `must be one of ${names}`);
}

/** Timers of Node.js take no longer time; one above it would go off at once. */
const LARGEST_NUMBER = 2 ** 31 - 1;

function atLeast(minimum: number, unit: string): OptionRule {
  return (value) =>
    Number.isSafeInteger(value) && (value as number) >= minimum && (value as number) <= LARGEST_NUMBER
      ? undefined
      : `must be a whole number of ${unit}, ${String(minimum)} or more`;
}

function url(value: unknown): string | undefined {
  const isUrl = typeof value === 'string' && /^https?:\/\//.test(value) && URL.canParse(value);
  return isUrl ? undefined : 'must be a URL that begins with https:// or http://';
}

/** An empty text is what an unset environment variable often becomes; taking it for "no secret" would hide that. */
function secret(value: unknown): string | undefined {
  const isSecret = typeof value === 'function' || (typeof value === 'string' && value !== '');
  return isSecret ? undefined : 'must be a text that is not empty, or a function that gives it';
}

function aFunction(value: unknown): string | undefined {
  return typeof value === 'function' ? undefined : 'must be a function';
}

function objectOrFunction(value: unknown): string | undefined {
  return typeof value === 'function' || isObject(value) ? undefined : 'must be AWS credentials or a provider of them';
}

/** An object of known members, each with a rule of its own. */
function objectOf(members: Readonly<Record<string, OptionRule>>): OptionRule {
  return (value) => {
    if (!isObject(value)) {
      return 'must be an object';
    }
    const stranger = Object.keys(value).find((name) => !Object.hasOwn(members, name));
    if (stranger !== undefined) {
      return `has no member "${stranger}"; it takes ${Object.keys(members).join(', ')}`;
    }
    const faults = Object.entries(members).map(([name, rule]) => [name, rule(value[name])] as const);
    const [name, requirement] = faults.find(([, fault]) => fault !== undefined) ?? [];
    return requirement && `is wrong: its member "${String(name)}" ${requirement}`;
  };
}

function methodsOf(...names: readonly string[]): OptionRule {
  return (value) =>
    isObject(value) && names.every((name) => typeof value[name] === 'function')
      ? undefined
      : `must be an object with ${names.map((name) => `${name}()`).join(', ')}`;
}

/** Each form of the option is known by the member that names it. */
function revocation(value: unknown): string | undefined {
  if (!isObject(value)) {
    return 'must be an object with "store", "askCognito" or "check"';
  }
  const form = (['store', 'askCognito', 'check'] as const).find((member) => value[member] !== undefined);
  return form === undefined ? 'must have a member "store", "askCognito" or "check"' : REVOCATION_FORMS[form](value);
}

const onUnavailable = optional(oneOf('reject', 'accept'));

const askCognito = objectOf({
  cacheSeconds: optional(atLeast(0, 'seconds')),
  timeout: optional(atLeast(1, 'milliseconds')),
  onUncheckable: optional(oneOf('reject', 'accept')),
});

const REVOCATION_FORMS: Readonly<Record<'store' | 'askCognito' | 'check', OptionRule>> = {
  store: objectOf({
    store: revocationStore,
    timeout: optional(atLeast(1, 'milliseconds')),
    signInLifetimeSeconds: optional(atLeast(1, 'seconds')),
    onUnavailable,
  }),
  askCognito: objectOf({
    askCognito: (asked) => (asked === true ? undefined : askCognito(asked)),
    onUnavailable,
  }),
  check: objectOf({ check: methodsOf('isRevoked'), onUnavailable }),
};

function revocationStore(value: unknown): string | undefined {
  const requirement = value === 'memory' ? undefined : methodsOf('get', 'set')(value);
  return requirement && 'must be "memory", or a Keyv or another object with get() and set()';
}

function attributeNames(value: unknown): string | undefined {
  return isObject(value) ? undefined : 'must be what defineAttributes() gives: attribute names by your own names';
}

function keySet(value: unknown): string | undefined {
  return isObject(value) && Array.isArray(value['keys']) && value['keys'].length > 0
    ? undefined
    : 'must be a JSON Web Key Set: an object with "keys"';
}

function listOfTexts(what: string): OptionRule {
  return (value) =>
    Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string' && item !== '')
      ? undefined
      : `must be a list of ${what} that is not empty`;
}

function listOfFunctions(value: unknown): string | undefined {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'function')
    ? undefined
    : 'must be a list of token extractors that is not empty';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
