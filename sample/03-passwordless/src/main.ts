import type { LocalMessage } from 'mandate/testing';
import { join } from 'node:path';

import { createApp } from './create-app.js';
import { environmentOf, startEmbeddedCognito } from './embedded-cognito.js';

const host = '127.0.0.1';
const port = Number(process.env['PORT'] ?? 3000);
const pages = join(import.meta.dirname, '..', 'public');

/** Uses the pool of COGNITO_USER_POOL_ID. Without that variable it starts an embedded Cognito. */
async function start(): Promise<void> {
  const cognito = process.env['COGNITO_USER_POOL_ID'] ? undefined : await startEmbeddedCognito({ onMessage });
  if (cognito) {
    Object.assign(process.env, environmentOf(cognito));
  }
  const app = await createApp(pages);
  await app.listen(port, host);
  const stop = async () => {
    await Promise.all([app.close(), cognito?.stop()]);
    process.exit(0);
  };
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
  // A passkey belongs to a domain name, not to an IP address.
  console.log(`Open http://localhost:${String(port)}. E-mails appear below. Ctrl-C stops everything.`);
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
