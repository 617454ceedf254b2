import { setTimeout as delay } from 'node:timers/promises';

import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';

import { fateOfRequest, mayRetry, retryDelay, type RetryPolicy } from './retry-policy.js';
import { RetryQuota } from './retry-quota.js';

/** Time and randomness of retries; tests replace them. */
export interface RetryEnvironment {
  /** Waits a number of milliseconds. */
  readonly wait: (milliseconds: number) => Promise<unknown>;
  /** Returns a number from 0 up to 1. */
  readonly random: () => number;
  /** A monotonic clock, in milliseconds. */
  readonly now: () => number;
}

/** The retry policy of a call, and its maximum duration with all retries in milliseconds. */
export type CallPolicy = RetryPolicy & { readonly callTimeout: number };

const SYSTEM: RetryEnvironment = {
  wait: (milliseconds) => delay(milliseconds),
  random: Math.random,
  now: () => performance.now(),
};

/**
 * Replaces the SDK's retries, which do not consider the operation: they repeat "Attempt limit exceeded" in vain and, after
 * a lost response, replay single-use Sessions and rotating refresh tokens. The retry quota is that of the SDK. The
 * middleware runs before signing, so that each attempt is signed anew.
 */
export function installRetries(
  client: CognitoIdentityProviderClient,
  policy: CallPolicy,
  environment: Partial<RetryEnvironment> = {},
): void {
  const { wait, random, now } = { ...SYSTEM, ...environment };
  const quota = new RetryQuota();
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const operation = String(context.commandName).replace(/Command$/, '');
      const deadline = now() + policy.callTimeout;
      let drawn: number | undefined;
      for (let attempt = 1; ; attempt += 1) {
        try {
          const result = await next(args);
          quota.refill(drawn);
          return result;
        } catch (error) {
          const fate = fateOfRequest(error);
          if (fate === 'refused') {
            quota.refill(drawn);
          }
          const delayBeforeRetry = retryDelay(policy, attempt, random());
          // After a delay that outlasts the call, the caller would get the same error, only later.
          const isAllowed =
            attempt < policy.maxAttempts &&
            now() + delayBeforeRetry < deadline &&
            mayRetry(operation, args.input, fate);
          drawn = isAllowed ? quota.draw(fate) : undefined;
          if (drawn === undefined) {
            throw error;
          }
          await wait(delayBeforeRetry);
        }
      }
    },
    { name: 'retryMiddleware', override: true, step: 'finalizeRequest', priority: 'high', tags: ['RETRY'] },
  );
}
