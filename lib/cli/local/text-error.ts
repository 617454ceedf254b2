/** A text is not of its format. The message says what is wrong with it, without where. */
export class TextError extends Error {
  override readonly name = 'TextError';

  constructor(
    message: string,
    /** Line and column, from 1, where they are known. */
    readonly position?: { readonly line: number; readonly column: number },
  ) {
    super(message);
  }
}
