/** Something that the person at the keyboard can act on: the message says it all, a stack trace would hide it. */
export class StartError extends Error {
  name = 'StartError';

  /**
   * @param {string} message
   * @param {number} exitCode
   */
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
