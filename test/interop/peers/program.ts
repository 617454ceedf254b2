import { type ChildProcess, spawn, spawnSync } from 'node:child_process';

/** Credentials that no service accepts but an emulator, and no files or addresses of the machine. */
const VARIABLES = {
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_PAGER: '',
};

/** The first of some programs that runs with these arguments. */
export function findProgram(names: readonly string[], ...args: readonly string[]): string | undefined {
  return names.find((name) => spawnSync(name, args, { stdio: 'ignore' }).status === 0);
}

/** How a program ended. */
export interface ProgramRun {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs a program of AWS with made-up credentials. */
export function runProgram(name: string, args: readonly string[], input = ''): Promise<ProgramRun> {
  const child: ChildProcess = spawn(name, args, { env: { ...process.env, ...VARIABLES } });
  let output = '';
  let errors = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (errors += text));
  child.stdin?.end(input);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code, output, errors });
    });
  });
}
