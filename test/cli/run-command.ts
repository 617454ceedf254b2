import { join } from 'node:path';

import { runCommandLine } from '../../lib/cli/run-command-line.js';

/** What a command printed, and how it ended. */
export interface CommandRun {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

export const ROOT = join(__dirname, '..', '..');

/** Runs a command line in this process, with an environment and a folder of its own. */
export async function runCommand(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  directory = ROOT,
): Promise<CommandRun> {
  const output: string[] = [];
  const errors: string[] = [];
  const code = await runCommandLine(args, {
    print: (text) => void output.push(text),
    printError: (text) => void errors.push(text),
    directory,
    environment,
  });
  return { code, output: output.join('\n'), errors: errors.join('\n') };
}
