/** Whether and how a pool keeps track of where its users are signed in (SetUserPoolSessionConfiguration). */
export interface SessionTracking {
  readonly enabled: boolean;
  /** How many sign-ins of one user may be alive. */
  readonly maxPerUser: number;
}

/** What is kept about a sign-in while its pool tracks sessions. */
export interface TrackedSession {
  readonly id: string;
  /** Of the last sign-in or renewal, epoch milliseconds. */
  lastActiveAt: number;
  deviceType: string;
  lastIpAddress: string;
}
