import { MandateArgumentError } from '../errors/argument-error.js';
import { requireObject } from '../errors/require-argument.js';
import { isScope } from '../protocol/oauth/authorization-request.js';
import { isRegistrableUri } from '../protocol/oauth/domain.js';
import type { LoginPage, LoginPrompt, StartLoginOptions } from './start-login-options.js';

/** The checked options; `prompt` is a list. */
export interface CheckedLoginOptions extends Omit<StartLoginOptions, 'prompt'> {
  readonly prompt?: readonly string[] | undefined;
}

const PAGES: readonly unknown[] = ['login', 'signup', 'forgotPassword', 'passkeys'] satisfies readonly LoginPage[];
const PROMPTS: readonly unknown[] = ['none', 'login', 'select_account', 'consent'] satisfies readonly LoginPrompt[];

interface Rule {
  readonly requirement: string;
  readonly isValid: (value: unknown) => boolean;
}

/** The options that exist. A caller that passes on the query of a request learns of every other at once. */
const RULES: Readonly<Record<keyof StartLoginOptions, Rule>> = {
  identityProvider: text(32),
  // CreateIdentityProvider, IdpIdentifiers.
  idpIdentifier: text(40),
  // The longest username.
  loginHint: text(128),
  prompt: {
    requirement: 'must be "none" alone, or some of "login", "select_account" and "consent"',
    isValid: (value) => {
      const prompts: readonly unknown[] = Array.isArray(value) ? value : [value];
      const areKnown = prompts.length > 0 && prompts.every((prompt) => PROMPTS.includes(prompt));
      return areKnown && (prompts.length === 1 || !prompts.includes('none'));
    },
  },
  lang: {
    requirement: 'must be a language such as "de" or "pt-BR"',
    isValid: (value) => typeof value === 'string' && /^[a-z]{2,3}(-[A-Za-z]{2,4})?$/.test(value),
  },
  scopes: {
    requirement: 'must be a list of scopes with "openid"',
    isValid: (value) => Array.isArray(value) && value.every(isScope) && value.includes('openid'),
  },
  resource: {
    requirement: 'must be a URL without a fragment: with https, http://localhost, or a scheme of your own',
    isValid: isRegistrableUri,
  },
  page: {
    requirement: 'must be "login", "signup", "forgotPassword" or "passkeys"',
    isValid: (value) => PAGES.includes(value),
  },
};

/**
 * Checks the options of `startLogin`.
 *
 * @throws MandateArgumentError naming the option, never its value.
 */
export function checkLoginOptions(options: StartLoginOptions): CheckedLoginOptions {
  requireObject('options', options);
  if (Object.keys(options).some((name) => !Object.hasOwn(RULES, name))) {
    throw new MandateArgumentError('options', `has an unknown member. Known members: ${Object.keys(RULES).join(', ')}`);
  }
  for (const [name, { isValid, requirement }] of Object.entries(RULES)) {
    const value = options[name as keyof StartLoginOptions];
    if (value !== undefined && !isValid(value)) {
      throw new MandateArgumentError(`options.${name}`, requirement);
    }
  }
  if (options.identityProvider !== undefined && options.idpIdentifier !== undefined) {
    throw new MandateArgumentError('options.idpIdentifier', 'must not be combined with "identityProvider"');
  }
  const { prompt } = options;
  return { ...options, prompt: typeof prompt === 'string' ? [prompt] : prompt };
}

function text(length: number): Rule {
  return {
    requirement: `must be a text of 1 to ${String(length)} characters without control characters`,
    isValid: (value) => typeof value === 'string' && value !== '' && value.length <= length && !/\p{Cc}/u.test(value),
  };
}
