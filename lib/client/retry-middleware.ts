import { setTimeout as delay } from 'node:timers/promises';

import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';

import { mayRetry, retryDelay, type RetryPolicy } from './retry-policy.js';

/** What retries take from the world; replaced in tests. */
export interface RetryEnvironment {
  /** Waits; milliseconds. */
  readonly wait: (milliseconds: number) => Promise<unknown>;
  /** From 0 up to 1. */
  readonly random: () => number;
}

const SYSTEM: RetryEnvironment = { wait: (milliseconds) => delay(milliseconds), random: Math.random };

/**
 * Puts our retries in the place of the SDK's, which know nothing of the operation: they repeat "Attempt limit exceeded" in
 * vain and, after a lost answer, replay single-use Sessions and rotating refresh tokens. The place is before signing, so
 * that each attempt is signed anew.
 */
export function installRetries(
  client: CognitoIdentityProviderClient,
  policy: RetryPolicy,
  environment: Partial<RetryEnvironment> = {},
): void {
  const { wait, random } = { ...SYSTEM, ...environment };
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const operation = String(context.commandName).replace(/Command$/, '');
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await next(args);
        } catch (error) {
          if (attempt >= policy.maxAttempts || !mayRetry(operation, args.input, error)) {
            throw error;
          }
          await wait(retryDelay(policy, attempt, random()));
        }
      }
    },
    { name: 'retryMiddleware', override: true, step: 'finalizeRequest', priority: 'high', tags: ['RETRY'] },
  );
}
