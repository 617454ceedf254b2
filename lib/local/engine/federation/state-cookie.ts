import { createHash } from 'node:crypto';

import type { Environment } from '../environment.js';
import { readCookie, setCookie } from '../oauth/cookies.js';

/** Begins the name of the cookies that bind sign-ins to the browser that started them. */
const PREFIX = 'csrf-state';
const SUFFIX_LENGTH = 8;
const LIFETIME_SECONDS = 300;

type Origin = Pick<Environment, 'origin'>;

/** Binds an attempt to the browser. Each attempt has a cookie of its own, so that two tabs do not disturb each other. */
export function stateCookie(environment: Origin, state: string): string {
  return setCookie(environment, { name: nameFor(state), value: state, maxAge: LIFETIME_SECONDS });
}

/** Removes the cookie of an attempt. */
export function expiredStateCookie(environment: Origin, state: string): string {
  return setCookie(environment, { name: nameFor(state), value: '', maxAge: 0 });
}

/** Whether the browser has started the attempt. */
export function hasStateCookie(header: string | undefined, state: string): boolean {
  return readCookie(header, nameFor(state)) === state;
}

function nameFor(state: string): string {
  return `${PREFIX}-${createHash('sha256').update(state).digest('hex').slice(0, SUFFIX_LENGTH)}`;
}
