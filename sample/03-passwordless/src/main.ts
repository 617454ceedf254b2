import type { LocalMessage } from 'mandate/testing';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { createApp } from './create-app.js';
import { environmentOf, startEmbeddedCognito } from './embedded-cognito.js';

const host = '127.0.0.1';
const port = Number(process.env['PORT'] ?? 3000);
// A passkey belongs to a domain name, not to an IP address.
const origin = (process.env['ORIGIN'] ??= `http://localhost:${String(port)}`);
const pages = join(import.meta.dirname, '..', 'public');
const client = dirname(fileURLToPath(import.meta.resolve('mandate/browser')));

/** Uses the pool of COGNITO_USER_POOL_ID. Without that variable it starts an embedded Cognito. */
async function start(): Promise<void> {
  const cognito = process.env['COGNITO_USER_POOL_ID'] ? undefined : await startEmbeddedCognito({ onMessage });
  if (cognito) {
    Object.assign(process.env, environmentOf(cognito));
  }
  const app = await createApp(pages, client);
  await app.listen(port, host);
  const stop = async () => {
    await Promise.all([app.close(), cognito?.stop()]);
    process.exit(0);
  };
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
  console.log(`Open ${origin}. E-mails appear below. Ctrl-C stops everything.`);
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
