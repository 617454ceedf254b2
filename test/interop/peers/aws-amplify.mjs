// @ts-check
import { Amplify } from 'aws-amplify';
import * as auth from 'aws-amplify/auth';

import { serve } from './serve.mjs';

// It warns about every endpoint that is not AWS's own.
console.warn = () => undefined;

// It names a device after its browser, and gives up silently where there is none.
Object.defineProperty(globalThis, 'navigator', { value: { userAgent: 'Interop/1.0' }, configurable: true });

// It answers a second autoSignIn() within 300 ms never: nobody here should wait for that.
const startTimer = globalThis.setTimeout;
/** @type {(task: () => void, delay?: number) => NodeJS.Timeout} */
const startTimerSooner = (task, delay = 0) => startTimer(task, delay === 300 ? 0 : delay);
Object.assign(globalThis, { setTimeout: startTimerSooner });

/** @param {{ payload: Record<string, unknown>, toString: () => string } | undefined} token */
const plain = (token) => token && { jwt: token.toString(), payload: token.payload };

/** Amplify's functions for signing in, as it is published: one user at a time. */
export const operations = {
  ...auth,
  // Amplify exchanges this one while it runs.
  autoSignIn: () => auth.autoSignIn(),
  /** @param {{ userPoolId: string, userPoolClientId: string, userPoolEndpoint: string }} Cognito */
  configure: (Cognito) => {
    Amplify.configure({ Auth: { Cognito } });
  },
  /**
   * The tokens of who is signed in.
   *
   * @param {Parameters<typeof auth.fetchAuthSession>[0]} [options]
   */
  fetchTokens: async (options) => {
    const { tokens } = await auth.fetchAuthSession(options);
    return { accessToken: plain(tokens?.accessToken), idToken: plain(tokens?.idToken) };
  },
};

serve(operations);
