import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { decode, encode } from './message.mjs';

/** The operations of a peer as a test calls them. */
export type Remote<Operations> = {
  readonly [Name in keyof Operations]: Operations[Name] extends (...args: infer Args) => infer Result
    ? (...args: Args) => Promise<Awaited<Result>>
    : never;
};

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly name: string; readonly code?: string; readonly message: string };
}

interface Call {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A client library that others wrote, unmodified, in a process of its own: the globals of a test file cost those that
 * compute with big numbers in JavaScript many times what plain Node does. Starts with the first call.
 */
class Peer {
  private child: ChildProcess | undefined;
  private readonly calls = new Map<number, Call>();
  private count = 0;

  constructor(private readonly script: string) {}

  call(name: string, args: readonly unknown[]): Promise<unknown> {
    const child = (this.child ??= this.start());
    const id = (this.count += 1);
    return new Promise((resolve, reject) => {
      this.calls.set(id, { resolve, reject });
      child.send(encode({ id, name, args }), (error) => {
        if (error) {
          reject(error);
        }
      });
    });
  }

  async stop(): Promise<void> {
    if (this.child?.exitCode === null && this.child.signalCode === null) {
      const ended = once(this.child, 'exit');
      this.child.kill();
      await ended;
    }
  }

  private start(): ChildProcess {
    const child = fork(join(__dirname, this.script), { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    child.on('message', (text: string) => {
      this.answered(decode(text) as Answer);
    });
    child.once('exit', (code, signal) => {
      for (const { reject } of this.calls.values()) {
        reject(new Error(`${this.script} ended with ${String(code ?? signal)} before it answered.`));
      }
    });
    return child;
  }

  private answered({ id, result, error }: Answer): void {
    const call = this.calls.get(id);
    this.calls.delete(id);
    if (error === undefined) {
      call?.resolve(result);
    } else {
      call?.reject(Object.assign(new Error(error.message), { name: error.name, code: error.code }));
    }
  }
}

/** The operations that a script in this folder serves, for the tests of this file: after them its process ends. */
export function usePeer<Operations>(script: string): Remote<Operations> {
  const peer = new Peer(script);
  afterAll(() => peer.stop());
  return new Proxy({} as Remote<Operations>, {
    get:
      (_, name) =>
      (...args: unknown[]) =>
        peer.call(String(name), args),
  });
}
