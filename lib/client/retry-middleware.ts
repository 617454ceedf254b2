import { setTimeout as delay } from 'node:timers/promises';

import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';

import { mayRetry, retryDelay, type RetryPolicy } from './retry-policy.js';

/** What retries take from the world; replaced in tests. */
export interface RetryEnvironment {
  /** Waits; milliseconds. */
  readonly wait: (milliseconds: number) => Promise<unknown>;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** Milliseconds that only go forward. */
  readonly now: () => number;
}

/** How a call is retried, and the milliseconds that it may take with all its retries. */
export type CallPolicy = RetryPolicy & { readonly callTimeout: number };

const SYSTEM: RetryEnvironment = {
  wait: (milliseconds) => delay(milliseconds),
  random: Math.random,
  now: () => performance.now(),
};

/**
 * Puts our retries in the place of the SDK's, which know nothing of the operation: they repeat "Attempt limit exceeded" in
 * vain and, after a lost answer, replay single-use Sessions and rotating refresh tokens. The place is before signing, so
 * that each attempt is signed anew.
 */
export function installRetries(
  client: CognitoIdentityProviderClient,
  policy: CallPolicy,
  environment: Partial<RetryEnvironment> = {},
): void {
  const { wait, random, now } = { ...SYSTEM, ...environment };
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const operation = String(context.commandName).replace(/Command$/, '');
      const deadline = now() + policy.callTimeout;
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await next(args);
        } catch (error) {
          const pause = retryDelay(policy, attempt, random());
          // A pause that outlasts the call would only make its caller wait for the same answer.
          if (attempt >= policy.maxAttempts || now() + pause >= deadline || !mayRetry(operation, args.input, error)) {
            throw error;
          }
          await wait(pause);
        }
      }
    },
    { name: 'retryMiddleware', override: true, step: 'finalizeRequest', priority: 'high', tags: ['RETRY'] },
  );
}
