import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const START = createRequire(join(process.cwd(), 'package.json')).resolve('cognito-local/lib/bin/start.js');

/** By itself it makes every pool one of e-mail addresses. */
const CONFIGURATION = { UserPoolDefaults: { UsernameAttributes: [] } };

/** A server that others wrote (npm: cognito-local), in a process of its own with a directory of its own. */
export class CognitoLocalServer {
  private log = '';
  private child: ChildProcess;

  private constructor(private readonly directory: string) {
    this.child = this.run();
  }

  static async start(): Promise<CognitoLocalServer> {
    const directory = await mkdtemp(join(tmpdir(), 'cognito-local-'));
    await mkdir(join(directory, '.cognito'));
    await writeFile(join(directory, '.cognito', 'config.json'), JSON.stringify(CONFIGURATION));
    const server = new CognitoLocalServer(directory);
    await server.listening();
    return server;
  }

  /** Ends its process, and lets somebody change the files in its directory. */
  async stopped(change: (directory: string) => Promise<void>): Promise<void> {
    await this.end();
    await change(this.directory);
  }

  /** Starts it again after `stopped`. */
  async restart(): Promise<void> {
    this.log = '';
    this.child = this.run();
    await this.listening();
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  get endpoint(): string {
    return /running on (http:\/\/[\d.:]+)/.exec(this.log)?.[1] ?? '';
  }

  /** The newest code that it sent: it prints its mails. */
  async code(): Promise<string> {
    await this.printed(/Code:\s+\d+/);
    return [...this.log.matchAll(/Code:\s+(\d+)/g)].at(-1)?.[1] ?? '';
  }

  /** Forgets what was printed so far, except the address. */
  clearCodes(): void {
    this.log = this.log.replaceAll(/Code:\s+\d+/g, '');
  }

  async stop(): Promise<void> {
    await this.end();
    await rm(this.directory, { recursive: true, force: true });
  }

  private run(): ChildProcess {
    const child = spawn(process.execPath, [START], {
      cwd: this.directory,
      env: { ...process.env, PORT: '0', HOST: '127.0.0.1', NODE_OPTIONS: '--no-warnings' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.stdout.setEncoding('utf8').on('data', (text: string) => (this.log += text));
    return child;
  }

  private async end(): Promise<void> {
    const closed = once(this.child, 'close');
    this.child.kill();
    await closed;
  }

  private listening(): Promise<void> {
    return this.printed(/running on (http:\S+)/);
  }

  private async printed(pattern: RegExp): Promise<void> {
    while (!pattern.test(this.log)) {
      if (this.child.exitCode !== null) {
        throw new Error(`cognito-local ended: ${this.log}`);
      }
      await Promise.race([once(this.child.stdout ?? this.child, 'data'), once(this.child, 'exit')]);
    }
  }
}
