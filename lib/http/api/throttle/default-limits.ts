import type { AuthApiRoute } from '../auth-api-routes.js';
import type { AuthApiRouteLimits } from './throttle-options.js';

const MINUTE = 60_000;

/** Guesses at a password or a code. Offices share an address; Cognito slows down guesses at one user, too. */
const GUESS: AuthApiRouteLimits = {
  address: { limit: 100, ttl: 5 * MINUTE },
  user: { limit: 10, ttl: 5 * MINUTE },
};
/** Messages that cost money and annoy. */
const MESSAGE: AuthApiRouteLimits = {
  address: { limit: 30, ttl: 10 * MINUTE },
  user: { limit: 5, ttl: 10 * MINUTE },
};
/** Calls of somebody who is signed in. */
const OTHER: AuthApiRouteLimits = { address: { limit: 600, ttl: MINUTE } };

const LIMITS: Readonly<Partial<Record<AuthApiRoute, AuthApiRouteLimits>>> = {
  register: { address: { limit: 50, ttl: 10 * MINUTE }, user: { limit: 5, ttl: 10 * MINUTE } },
  confirm: GUESS,
  resendCode: MESSAGE,
  authenticate: GUESS,
  respond: GUESS,
  setUpTotp: GUESS,
  forgotPassword: MESSAGE,
  confirmForgotPassword: GUESS,
  sendVerification: MESSAGE,
  validateVerification: GUESS,
  changePassword: GUESS,
  verifyTotp: GUESS,
};

/** The limits of a route, unless the application sets others. */
export function defaultLimits(route: AuthApiRoute): AuthApiRouteLimits {
  return LIMITS[route] ?? OTHER;
}
