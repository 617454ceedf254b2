import type { OptionValues } from '../command.js';
import type { Terminal } from '../terminal.js';

/** The value of an option, and where it was given, for the sentence about an invalid one. */
export interface Setting {
  readonly value: string;
  /** `--port` or `MANDATE_LOCAL_PORT`. */
  readonly source: string;
}

/** The environment variable of an option of `mandate local`. */
export function variableOf(option: string): string {
  return `MANDATE_LOCAL_${option.toUpperCase().replaceAll('-', '_')}`;
}

/**
 * Finds the values of options on the command line, else in the environment. An empty variable counts as none, as
 * Docker Compose makes them of what is not set.
 */
export function settingsOf(
  values: OptionValues,
  environment: Terminal['environment'],
): (option: string) => Setting | undefined {
  return (option) => {
    const typed = values[option];
    if (typeof typed === 'string') {
      return { value: typed, source: `--${option}` };
    }
    const source = variableOf(option);
    const value = environment[source] ?? '';
    return value === '' ? undefined : { value, source };
  };
}
