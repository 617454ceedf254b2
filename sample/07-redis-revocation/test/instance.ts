import { join } from 'node:path';

import { StartedProgram } from '../../../test/package/started-program.js';

const ROOT = join(__dirname, '../../..');
const PROGRAM = join(__dirname, '../src/instance.ts');

/** The response of a route. */
export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** An instance of the sample in its own process, as a deployment starts it. */
export class Instance {
  private constructor(
    private readonly program: StartedProgram,
    private readonly origin: string,
  ) {}

  static async start(name: string, environment: Record<string, string>): Promise<Instance> {
    const program = new StartedProgram(
      ROOT,
      { ...environment, INSTANCE: name, PORT: '0' },
      process.execPath,
      '--import',
      '@swc-node/register/esm-register',
      PROGRAM,
    );
    await program.untilPrinted(/is at http\S+\n/);
    return new Instance(program, /is at (\S+)\n/.exec(program.printed)?.[1] ?? '');
  }

  async get(path: string, accessToken?: string): Promise<Answer> {
    return this.#send('GET', path, accessToken);
  }

  async post(path: string, body: object, accessToken?: string): Promise<Answer> {
    return this.#send('POST', path, accessToken, body);
  }

  /** Sends Ctrl-C. @returns the exit code. */
  async stop(): Promise<number | null> {
    this.program.interrupt();
    return this.program.untilEnded();
  }

  async #send(method: string, path: string, accessToken?: string, body?: object): Promise<Answer> {
    const response = await fetch(`${this.origin}${path}`, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(accessToken !== undefined && { authorization: `Bearer ${accessToken}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
  }
}
