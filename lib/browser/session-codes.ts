import type { SessionEndReason } from './session-watch.js';

/** Whether a code of a 401 is about the session. Others are about the call, such as a wrong current password. */
export function isAboutSession(code: string): boolean {
  return /^(ACCESS_|REFRESH_)?TOKEN_/.test(code);
}

/** Whether the sign-in is over for good, so that no renewal helps. */
export function isRevocation(code: string): boolean {
  return /^(ACCESS_|REFRESH_)?TOKEN_(REVOKED|REUSED|USER_DELETED)$/.test(code);
}

/** Why the session of a refused call ended. */
export function reasonOf(code: string): SessionEndReason {
  return isRevocation(code) || code === 'USER_DISABLED' ? 'revoked' : 'expired';
}
