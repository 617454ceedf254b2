import type { Terminal } from './terminal.js';

/** An option of a command. */
export interface CommandOption {
  /** What its value is, such as `file`; omitted for an option without a value. */
  readonly value?: string;
  readonly short?: string;
  /** One or more sentences for `--help` and docs/reference/cli.md. */
  readonly description: string;
  /** Whether it may be given several times. Its value is then all of them, with commas between them. */
  readonly repeatable?: boolean;
  /** The value when the option is omitted. */
  readonly default?: string;
}

/** The options of a command, by their names without the dashes. */
export type CommandOptions = Readonly<Record<string, CommandOption>>;

/** The values of a command line; an option without a value is `true`. */
export type OptionValues = Readonly<Record<string, string | boolean | undefined>>;

/** How a command ended: 0 as it should, 1 with a fault that it has reported. */
export type ExitCode = 0 | 1;

/** A command of the program `mandate`. It lives in a file of its own, which is loaded when it is called. */
export interface Command {
  /** What it does, for its `--help`. */
  readonly description: string;
  readonly options: CommandOptions;
  /** More to know, printed below the options. */
  readonly notes?: string;
  /**
   * @throws UsageError if a value of an option is invalid.
   * @throws MandateError for another fault that one line explains.
   */
  readonly run: (values: OptionValues, terminal: Terminal) => Promise<ExitCode>;
}
