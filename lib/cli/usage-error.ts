/** The command line is invalid. The message is a single line for the terminal that says what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
