import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { connect, createServer, type Server } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/** A program in a process group of its own, as a terminal starts it, so that Ctrl-C reaches all of it. */
export class StartedProgram {
  private output = '';
  private readonly child: ChildProcess;
  private readonly ended: Promise<number | null>;

  constructor(folder: string, environment: Record<string, string>, command: string, ...args: string[]) {
    this.child = spawn(command, args, {
      cwd: folder,
      detached: true,
      env: { ...process.env, NODE_OPTIONS: '', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (text: Buffer) => {
        this.output += text.toString();
      });
    }
    this.ended = new Promise((resolve) => this.child.once('close', resolve));
  }

  get printed(): string {
    return this.output;
  }

  /** Resolves when the program has printed something that fits; rejects when it ends before that. */
  async untilPrinted(pattern: RegExp): Promise<void> {
    const found = new Promise<void>((resolve) => {
      const look = () => {
        if (pattern.test(this.output)) {
          resolve();
        }
      };
      look();
      this.child.stdout?.on('data', look);
      this.child.stderr?.on('data', look);
    });
    const early = this.ended.then((code) => {
      throw new Error(`The program ended with ${String(code)} before it printed ${String(pattern)}:\n${this.output}`);
    });
    await Promise.race([found, early]);
  }

  /** Resolves when something takes connections at a port of this machine; rejects when the program ends before that. */
  async untilListening(port: string): Promise<void> {
    let code: number | null | undefined;
    void this.ended.then((ended) => {
      code = ended;
    });
    while (!(await takesConnections(Number(port)))) {
      if (code !== undefined) {
        throw new Error(`The program ended with ${String(code)} before it listened:\n${this.output}`);
      }
      await setTimeout(20);
    }
  }

  /** Resolves with the exit code. */
  async untilEnded(): Promise<number | null> {
    return this.ended;
  }

  /** Ctrl-C. */
  interrupt(): void {
    if (this.child.pid !== undefined && this.child.exitCode === null) {
      process.kill(-this.child.pid, 'SIGINT');
    }
  }
}

async function takesConnections(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const isOpen = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => {
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
  socket.destroy();
  return isOpen;
}

/** Takes a free port of this machine. */
export async function occupyPort(wanted = 0): Promise<{ port: number; release: () => Promise<void> }> {
  const server: Server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(wanted, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('Expected a port.');
  }
  return {
    port: address.port,
    release: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
}

/**
 * A port that was free a moment ago, below those that a system hands out by itself: the tests beside this one take many
 * of those before the program has been built and listens.
 */
export async function freePort(): Promise<string> {
  try {
    const { port, release } = await occupyPort(randomInt(10_000, 32_000));
    await release();
    return String(port);
  } catch {
    return freePort();
  }
}
