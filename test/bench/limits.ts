/** What a bench must show. */
export interface Limit {
  /** Said when it is not shown. */
  readonly requirement: string;
  readonly holds: boolean;
}

/** Says which limits do not hold, and makes the process end with 1 then. */
export function enforce(limits: readonly Limit[]): void {
  for (const { requirement } of limits.filter(({ holds }) => !holds)) {
    console.error(`Not reached: ${requirement}`);
    process.exitCode = 1;
  }
}
