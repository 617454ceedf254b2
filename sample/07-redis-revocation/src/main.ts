import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { DEMO_USER, environmentOf, startEmbeddedCognito } from './embedded-cognito.js';

const port = Number(process.env['PORT'] ?? 3000);
const redis = process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379';

/** Starts an embedded Cognito and two instances, each in its own process, with one Redis. */
async function start(): Promise<void> {
  const cognito = await startEmbeddedCognito();
  const environment = { ...process.env, ...environmentOf(cognito), REDIS_URL: redis };
  const instances = ['one', 'two'].map((name, index) => startInstance(name, port + index, environment));
  const stop = async (): Promise<void> => {
    await Promise.all([cognito.stop(), ...instances.map(stopInstance)]);
    process.exit(instances.some(({ exitCode }) => exitCode !== 0) ? 1 : 0);
  };
  // The terminal sends Ctrl-C to the instances too. When one instance exits, everything stops.
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
  instances.forEach((instance) => instance.once('exit', () => void stop()));
  console.log(welcome());
}

function startInstance(name: string, port: number, environment: NodeJS.ProcessEnv): ChildProcess {
  const program = fileURLToPath(new URL('instance.js', import.meta.url));
  const env = { ...environment, INSTANCE: name, PORT: String(port) };
  return spawn(process.execPath, [program], { env, stdio: 'inherit' });
}

/** Stops an instance, unless it has exited. */
async function stopInstance(instance: ChildProcess): Promise<void> {
  if (instance.exitCode === null && instance.signalCode === null) {
    const exit = new Promise((resolve) => instance.once('exit', resolve));
    instance.kill('SIGTERM');
    await exit;
  }
}

function welcome(): string {
  const [one, two] = [port, port + 1].map((each) => `http://127.0.0.1:${String(each)}`);
  const me = (origin?: string) => `curl ${String(origin)}/me -H 'authorization: Bearer <accessToken>'`;
  return [
    `Two instances with the Redis at ${redis}. Choose another one with REDIS_URL=... npm start.`,
    `  1. curl ${String(one)}/auth/authenticate --json '${JSON.stringify(DEMO_USER)}'`,
    `  2. ${me(two)}`,
    `  3. curl -X POST ${String(one)}/auth/logout -H 'authorization: Bearer <accessToken>'`,
    '  4. Repeat step 2: rejected.',
    'Ctrl-C stops everything except Redis.',
  ].join('\n');
}

start().catch((error: unknown) => {
  console.error(`The sample could not start: ${(error as Error).message}`);
  process.exit(1);
});
