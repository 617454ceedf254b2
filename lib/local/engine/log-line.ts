/**
 * A line that Cognito would write to CloudWatch Logs. It names no user.
 *
 * @publicApi
 */
export interface LocalLogLine {
  /** `/aws/cognito/userpools/<pool id>/<pool name>`. */
  readonly group: string;
  /** For an import of users: `<job id>/<job name>`. */
  readonly stream: string;
  readonly text: string;
}

/** Receives log lines. */
export type WriteLog = (line: LocalLogLine) => void;
