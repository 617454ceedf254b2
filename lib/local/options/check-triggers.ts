import { MandateArgumentError } from '../../errors/argument-error.js';
import { isObject } from '../../types/is-object.js';
import { checkNames } from './checks.js';
import { CUSTOM_SENDER_KEY_OPTIONS, TRIGGER_NAMES } from './known-options.js';
import type { LocalCognitoOptions } from './local-cognito.options.js';

const KEY_BYTES = 32;

/** Triggers: functions, paths or ARNs under known names. */
export function checkTriggers(triggers: unknown, path: string): void {
  if (triggers !== undefined) {
    checkNames(triggers, TRIGGER_NAMES, path);
    checkTargets(triggers as object, path);
  }
}

/** The options that say where functions are. */
export function checkFunctions({ functions, lambda, customSenderKey }: LocalCognitoOptions): void {
  if (functions !== undefined) {
    if (!isObject(functions)) {
      throw new MandateArgumentError('functions', 'must be an object of functions by name');
    }
    checkTargets(functions, 'functions');
  }
  if (lambda !== undefined && !isHttpUrl(lambda)) {
    throw new MandateArgumentError('lambda', 'must be the URL of a Lambda endpoint, such as http://127.0.0.1:9001');
  }
  if (customSenderKey !== undefined) {
    checkNames(customSenderKey, CUSTOM_SENDER_KEY_OPTIONS, 'customSenderKey');
    const { key } = customSenderKey as { readonly key?: unknown };
    if (typeof key !== 'string' || Buffer.from(key, 'base64').length !== KEY_BYTES) {
      throw new MandateArgumentError('customSenderKey.key', 'must be 32 bytes, base64: openssl rand -base64 32');
    }
  }
}

/** A trigger that is undefined is none. */
function checkTargets(targets: object, path: string): void {
  for (const [name, target] of Object.entries(targets) as [string, unknown][]) {
    if (target !== undefined && typeof target !== 'function' && (typeof target !== 'string' || target === '')) {
      throw new MandateArgumentError(`${path}.${name}`, 'must be a function, the path of a module, or an ARN');
    }
  }
}

function isHttpUrl(value: unknown): boolean {
  return typeof value === 'string' && /^https?:/i.test(value) && URL.canParse(value);
}
