import type { ApiCase } from '../support/api-case.js';
import { ACCOUNT_CASES } from './account.cases.js';
import { CHALLENGE_CASES } from './challenges.cases.js';
import { CHOICE_CASES } from './choice.cases.js';
import { DEVICE_CASES } from './devices.cases.js';
import { SIGN_UP_CASES } from './sign-up.cases.js';
import { TOKEN_CASES } from './tokens.cases.js';

/** The table: each case runs on both platforms, with both deliveries, with and without a client secret. */
export const ALL_CASES: readonly ApiCase[] = [
  ...SIGN_UP_CASES,
  ...CHALLENGE_CASES,
  ...CHOICE_CASES,
  ...ACCOUNT_CASES,
  ...DEVICE_CASES,
  ...TOKEN_CASES,
];
