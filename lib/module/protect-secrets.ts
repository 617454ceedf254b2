import type { Provider } from '@nestjs/common';

import { isCredentials } from '../client/aws-credentials.js';
import { isObject } from '../types/is-object.js';
import { MODULE_OPTIONS } from './injection-tokens.js';

/**
 * The options with functions in place of the secrets, which the options accept as well. Nest keeps the options as a
 * provider, and a dump of it, or of whatever leads to it, must not show a secret. Invalid values stay, for the rules.
 */
export function protectSecrets(options: unknown): unknown {
  if (!isObject(options)) {
    return options;
  }
  const { clientSecret, credentials } = options;
  return {
    ...options,
    ...(typeof clientSecret === 'string' && clientSecret !== '' && { clientSecret: () => clientSecret }),
    ...(isCredentials(credentials) && { credentials: () => Promise.resolve(credentials) }),
  };
}

/** The providers, with the secrets of the module's options protected. */
export function withProtectedOptions(providers: readonly Provider[] = []): Provider[] {
  return providers.map((provider) => {
    if (typeof provider === 'function' || provider.provide !== MODULE_OPTIONS) {
      return provider;
    }
    if ('useValue' in provider) {
      const { useValue } = provider as { readonly useValue: unknown };
      return { provide: MODULE_OPTIONS, useFactory: () => protectSecrets(useValue) };
    }
    if ('useFactory' in provider) {
      const create = provider.useFactory as (...dependencies: unknown[]) => unknown;
      return {
        ...provider,
        useFactory: async (...dependencies: unknown[]) => protectSecrets(await create(...dependencies)),
      };
    }
    return provider;
  });
}
