import { MIN_SECRET_LENGTH } from '../../../http/session/session-option-rules.js';
import { fault, type Finding, ok, warning } from '../finding.js';
import type { DoctorSettings } from '../settings.js';

const REMEDY = 'Set SESSION_SECRET to the output of: openssl rand -base64 32';

/** SESSION_SECRET, which seals the cookies of browser sessions. An application without sessions has none. */
export function checkSessionSecret({ sessionSecret, origin }: DoctorSettings): Finding[] {
  if (sessionSecret === undefined) {
    return origin === undefined
      ? []
      : [warning('session-secret', 'ORIGIN is set, and SESSION_SECRET is not.', `For browser sessions: ${REMEDY}`)];
  }
  if (sessionSecret.length < MIN_SECRET_LENGTH) {
    return [
      fault(
        'session-secret',
        `SESSION_SECRET has ${String(sessionSecret.length)} characters, and needs ${String(MIN_SECRET_LENGTH)} or more.`,
        REMEDY,
      ),
    ];
  }
  if (new Set(sessionSecret).size < 8) {
    return [warning('session-secret', 'SESSION_SECRET repeats few characters, so that it can be guessed.', REMEDY)];
  }
  return [ok('session-secret', `SESSION_SECRET has ${String(sessionSecret.length)} characters.`)];
}
