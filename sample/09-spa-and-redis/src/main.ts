import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';

import { DEMO_USER, environmentOf, startEmbeddedCognito } from './embedded-cognito.js';
import { loadBalancer } from './load-balancer.js';

const port = Number(process.env['PORT'] ?? 3000);
const origin = `http://localhost:${String(port)}`;
const redis = process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379';

/** Starts an embedded Cognito, two instances behind one address, and another service that they call. */
async function start(): Promise<void> {
  const cognito = await startEmbeddedCognito(origin);
  const environment = {
    ...process.env,
    ...environmentOf(cognito, origin),
    REDIS_URL: redis,
    REPORTS_URL: `http://127.0.0.1:${String(port + 3)}`,
    SESSION_SECRET: process.env['SESSION_SECRET'] ?? randomBytes(32).toString('base64url'),
  };
  const services = [
    startService('reports/main.js', { ...environment, PORT: String(port + 3) }),
    startService('instance.js', { ...environment, INSTANCE: 'one', PORT: String(port + 1) }),
    startService('instance.js', { ...environment, INSTANCE: 'two', PORT: String(port + 2) }),
  ];
  const balancer = loadBalancer([port + 1, port + 2].map((each) => `http://127.0.0.1:${String(each)}`));
  balancer.listen(port, '127.0.0.1');
  const stop = async (): Promise<void> => {
    balancer.close();
    balancer.closeAllConnections();
    await Promise.all([cognito.stop(), ...services.map(stopService)]);
    process.exit(services.some(({ exitCode }) => exitCode !== 0) ? 1 : 0);
  };
  // The terminal sends Ctrl-C to the services too. When one of them exits, everything stops.
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
  services.forEach((service) => service.once('exit', () => void stop()));
  console.log(`Sessions are in the Redis at ${redis}. Choose another one with REDIS_URL=... npm start.`);
  console.log(`Open ${origin} and sign in as ${DEMO_USER.username} with ${DEMO_USER.password}.`);
}

function startService(program: string, env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, [fileURLToPath(new URL(program, import.meta.url))], { env, stdio: 'inherit' });
}

/** Stops a service, unless it has exited. */
async function stopService(service: ChildProcess): Promise<void> {
  if (service.exitCode === null && service.signalCode === null) {
    const exit = new Promise((resolve) => service.once('exit', resolve));
    service.kill('SIGTERM');
    await exit;
  }
}

start().catch((error: unknown) => {
  console.error(`The sample could not start: ${(error as Error).message}`);
  process.exit(1);
});
