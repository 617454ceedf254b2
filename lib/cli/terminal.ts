/** What a command may use of the process, so that tests can stand in for it. */
export interface Terminal {
  /** Prints text to the standard output, with a line break after it. */
  readonly print: (text: string) => void;
  /** Prints text to the standard error output, with a line break after it. */
  readonly printError: (text: string) => void;
  /** The current directory. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  return {
    print: (text) => void process.stdout.write(`${text}\n`),
    printError: (text) => void process.stderr.write(`${text}\n`),
    directory: process.cwd(),
    environment: process.env,
  };
}
