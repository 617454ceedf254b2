import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A run of the command line. */
export interface Run {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly errors: () => string;
  readonly exit: Promise<number | null>;
}

/** Starts the program that `compileCli` has written. */
export function runCli(path: string, args: readonly string[], variables: Readonly<Record<string, string>> = {}): Run {
  const child = spawn(process.execPath, [path, ...args], { env: { ...process.env, ...variables } });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const exit = once(child, 'close').then(([code]) => code as number | null);
  return { child, output: () => output, errors: () => errors, exit };
}

/** Waits until the output matches. */
export async function printed({ child, output, exit }: Run, pattern: RegExp): Promise<RegExpExecArray> {
  const ended = exit.then(() => true);
  for (;;) {
    const found = pattern.exec(output());
    if (found !== null) {
      return found;
    }
    if ((await Promise.race([once(child.stdout ?? child, 'data'), ended])) === true) {
      throw new Error(`mandate ended without ${String(pattern)}: ${output()}`);
    }
  }
}
