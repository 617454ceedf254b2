import { type ChildProcess, spawn, spawnSync } from 'node:child_process';

import { freePort } from '../e2e/support/free-port.js';

/** The program to run: another one than that on the path may be named. */
const PROGRAM = process.env['REDIS_SERVER'] ?? 'redis-server';

const HOW_TO_RUN = [
  'Tests skipped: they need a real redis-server, and there is none on this machine.',
  'To run them: "apt-get install redis-server" (Debian, Ubuntu) or "brew install redis" (macOS),',
  'or name the program in the variable REDIS_SERVER. Then run "npm test" again.',
].join('\n');

function isInstalled(): boolean {
  return spawnSync(PROGRAM, ['--version'], { stdio: 'ignore' }).status === 0;
}

/** `describe` for tests that need a Redis; where there is none they are skipped, and that is said. */
export function describeWithRedis(name: string, tests: () => void): void {
  if (isInstalled()) {
    describe(name, tests);
    return;
  }
  process.stderr.write(`\n${name}\n${HOW_TO_RUN}\n\n`);
  describe.skip(`${name} [skipped: no redis-server on this machine]`, tests);
}

/** A redis-server of this test's own, on a free port of this machine; it keeps nothing on disk. */
export class RedisServer {
  #child: ChildProcess | undefined;

  private constructor(private readonly port: number) {}

  static async start(): Promise<RedisServer> {
    const server = new RedisServer(await freePort());
    await server.start();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${String(this.port)}`;
  }

  /** Starts it, again if need be: on the same port and empty. */
  async start(): Promise<void> {
    const options = {
      bind: '127.0.0.1',
      port: this.port,
      save: '',
      appendonly: 'no',
      'maxmemory-policy': 'noeviction',
    };
    const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const child = spawn(PROGRAM, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    await new Promise<void>((resolve, reject) => {
      let printed = '';
      child.once('error', reject);
      child.once('exit', (code) => {
        reject(new Error(`redis-server ended with ${String(code)}:\n${printed}`));
      });
      child.stdout.on('data', (text: Buffer) => {
        printed += text.toString();
        if (printed.includes('Ready to accept connections')) {
          resolve();
        }
      });
    });
  }

  /** Keeps it from answering; connections stay open. */
  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  /** Ends it. What it held is lost. */
  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child !== undefined) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    }
  }
}
