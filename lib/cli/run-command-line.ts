import { MandateError } from '../errors/mandate-error.js';
import { COMMANDS } from './commands.js';
import { commandHelp, generalHelp } from './help.js';
import { packageVersion } from '../scaffold/package-manifest.js';
import { parseOptions } from './parse-options.js';
import type { Terminal } from './terminal.js';
import { UsageError } from './usage-error.js';

const EXIT_FAILURE = 1;
const EXIT_USAGE = 2;

/**
 * Runs a command line, without the program's own name.
 *
 * @returns the exit code: 0 done, 1 a fault, 2 a wrong command line.
 */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await run(args, terminal);
  } catch (error) {
    return report(error, terminal);
  }
}

async function run([name, ...args]: readonly string[], terminal: Terminal): Promise<number> {
  if (name === '--help' || name === '-h') {
    terminal.print(generalHelp());
    return 0;
  }
  if (name === '--version') {
    terminal.print(packageVersion());
    return 0;
  }
  const entry = name === undefined || !Object.hasOwn(COMMANDS, name) ? undefined : COMMANDS[name];
  if (name === undefined || entry === undefined) {
    const problem = name === undefined ? 'Missing command' : `Unknown command "${name}"`;
    throw new UsageError(`${problem}. Commands: ${Object.keys(COMMANDS).join(', ')}. Try "mandate --help".`);
  }
  const command = await entry.load();
  const values = parseOptions(name, args, command.options);
  if (values['help'] === true) {
    terminal.print(commandHelp(name, command));
    return 0;
  }
  return command.run(values, terminal);
}

/** Prints one line for an error that the user can fix, and the stack trace for any other error. */
function report(error: unknown, { printError }: Terminal): number {
  if (error instanceof UsageError || error instanceof MandateError) {
    printError(`mandate: ${error.message}`);
    return error instanceof UsageError ? EXIT_USAGE : EXIT_FAILURE;
  }
  printError(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return EXIT_FAILURE;
}
