/** How a check ended. `skipped`: what it needs is not given, which is no fault. */
export type FindingStatus = 'ok' | 'warning' | 'fault' | 'skipped';

/** The checks of `mandate doctor`, by their anchors in docs/reference/cli.md. */
export type CheckName =
  | 'versions'
  | 'options'
  | 'endpoint'
  | 'clock'
  | 'keys'
  | 'client'
  | 'flows'
  | 'user-existence'
  | 'token-revocation'
  | 'refresh-token-rotation'
  | 'managed-login'
  | 'session-secret'
  | 'permissions';

/** A line of the report. It never holds a secret. */
export interface Finding {
  readonly check: CheckName;
  readonly status: FindingStatus;
  /** A sentence about what was found. */
  readonly message: string;
  /** What to do, as a sentence; for warnings and faults. */
  readonly remedy?: string;
}

const PAGE = 'https://mandate-nestjs.github.io/mandate/reference/cli';

/** Where the documentation says what a check does. */
export function docsUrlOfCheck(check: CheckName): string {
  return `${PAGE}#${check}`;
}

export function ok(check: CheckName, message: string): Finding {
  return { check, status: 'ok', message };
}

export function warning(check: CheckName, message: string, remedy: string): Finding {
  return { check, status: 'warning', message, remedy };
}

export function fault(check: CheckName, message: string, remedy: string): Finding {
  return { check, status: 'fault', message, remedy };
}

export function skipped(check: CheckName, message: string): Finding {
  return { check, status: 'skipped', message };
}

/** What Cognito did not tell. Throttling passes by itself; anything else that does not answer as Cognito does is a fault. */
export function unanswered(check: CheckName, message: string, isThrottled: boolean): Finding {
  return isThrottled
    ? warning(check, message, 'Run this again.')
    : fault(
        check,
        message,
        'Check that Cognito is what answers there: COGNITO_ENDPOINT, COGNITO_ISSUER, and any proxy.',
      );
}
