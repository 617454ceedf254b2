import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { build } from 'esbuild';

const MAIN = `
import { LocalCognito } from './lib/local/local-cognito.ts';
const [directory] = process.argv.slice(2);
const cognito = await LocalCognito.start({
  dataDirectory: directory,
  onWarning: (warning) => console.log('warning: ' + warning),
  pools: [{ name: 'default', id: 'us-east-1_Process01', clients: [{ name: 'web', id: 'webclient' }] }],
}).catch((error) => { console.log('refused: ' + error.message); process.exit(1); });
console.log('listening: ' + cognito.endpoint);
process.on('SIGTERM', () => cognito.stop());
`;

/** A bundle that starts fast, because it is started often. */
export interface ServerBundle {
  readonly path: string;
  readonly remove: () => Promise<void>;
}

/** Bundles a server that keeps its data in the directory that it is started with. */
export async function bundleServer(): Promise<ServerBundle> {
  const directory = await mkdtemp(join(process.cwd(), 'node_modules', '.cache-server-'));
  await build({
    stdin: { contents: MAIN, resolveDir: process.cwd(), loader: 'ts', sourcefile: 'server.ts' },
    bundle: true,
    // Optional packages stay in files of their own, which are loaded when they are needed.
    splitting: true,
    platform: 'node',
    format: 'esm',
    outdir: directory,
    outExtension: { '.js': '.mjs' },
    entryNames: 'server',
    packages: 'external',
    logLevel: 'silent',
  });
  return { path: join(directory, 'server.mjs'), remove: () => rm(directory, { recursive: true }) };
}

/** A server in a process of its own, so that it can be killed. */
export class ServerProcess {
  private output = '';

  private constructor(private readonly child: ChildProcess) {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
  }

  /** Starts a server and waits until it listens, or has refused to start. */
  static async start({ path }: ServerBundle, directory: string): Promise<ServerProcess> {
    const child = spawn(process.execPath, [path, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
    const server = new ServerProcess(child);
    while (!/^(listening|refused): .*\n/m.test(server.output)) {
      await Promise.race([once(child.stdout, 'data'), once(child, 'close')]);
    }
    return server;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Everything that it has printed. */
  get printed(): string {
    return this.output;
  }

  get endpoint(): string {
    return /listening: (\S+)/.exec(this.output)?.[1] ?? '';
  }

  async kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const closed = once(this.child, 'close');
    if (this.child.exitCode === null) {
      this.child.kill(signal);
      await closed;
    }
  }
}
