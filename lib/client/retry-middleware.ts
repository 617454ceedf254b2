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
 * Replaces the SDK's retries, which know nothing of the operation: they repeat "Attempt limit exceeded" in vain and,
 * after a lost answer, replay single-use Sessions and rotating refresh tokens. Works at the outermost step of the
 * middleware stack, so that each attempt is serialised and signed anew.
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
    { step: 'initialize', priority: 'high', name: 'mandateRetries' },
  );
}
