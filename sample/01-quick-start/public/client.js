import { createAuthClient } from '/modules/mandate/index.js';

import { show } from './dom.js';

const REASONS = {
  'signed-out': 'You are signed out.',
  revoked: 'You have been signed out on another device.',
  expired: 'Your session has ended. Sign in again.',
};

/** Calls the routes of MandateAuthApiModule. The session is in a cookie that no script can read. */
export const client = createAuthClient({ onSessionEnded: ({ reason }) => show('sign-in', REASONS[reason]) });
