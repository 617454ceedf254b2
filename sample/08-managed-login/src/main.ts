import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

import type { LocalMessage } from 'mandate/testing';

import { createApp } from './create-app.js';
import { DEMO_USER, environmentOf, startEmbeddedCognito } from './embedded-cognito.js';

const port = Number(process.env['PORT'] ?? 3000);
const assets = join(import.meta.dirname, '..', 'public');

/** Uses the pool of COGNITO_USER_POOL_ID. Without that variable it starts an embedded Cognito. */
async function start(): Promise<void> {
  // A passkey belongs to a domain name, not to an IP address.
  const origin = process.env['ORIGIN'] ?? `http://localhost:${String(port)}`;
  const cognito = process.env['COGNITO_USER_POOL_ID'] ? undefined : await startEmbeddedCognito(origin, { onMessage });
  if (cognito) {
    Object.assign(process.env, environmentOf(cognito, origin));
  }
  // Sessions end with this process. A deployment sets the variable, the same for all instances.
  process.env['SESSION_SECRET'] ??= randomBytes(32).toString('base64url');
  const app = await createApp(assets);
  await app.listen(port, '127.0.0.1');
  const stop = async (): Promise<void> => {
    await Promise.all([app.close(), cognito?.stop()]);
    process.exit(0);
  };
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
  console.log(`Open ${origin} and sign in as ${DEMO_USER.username} with ${DEMO_USER.password}.`);
  console.log('E-mails appear below. Ctrl-C stops everything.');
}

function onMessage({ medium, to, text }: LocalMessage): void {
  console.log(`[${medium}] to ${to}: ${text}`);
}

start().catch((error: unknown) => {
  console.error(
    `The sample could not start: ${(error as Error).message} Choose another port with PORT=3001 npm start.`,
  );
  process.exit(1);
});
