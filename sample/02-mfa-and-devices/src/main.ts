import type { LocalMessage } from 'mandate/testing';

import { createApp } from './create-app.js';
import { environmentOf, startEmbeddedCognito } from './embedded-cognito.js';

const host = '127.0.0.1';
const port = Number(process.env['PORT'] ?? 3000);
const origin = (process.env['ORIGIN'] ??= `http://${host}:${String(port)}`);

/** Uses the pool of COGNITO_USER_POOL_ID. Without that variable it starts an embedded Cognito. */
async function start(): Promise<void> {
  const cognito = process.env['COGNITO_USER_POOL_ID'] ? undefined : await startEmbeddedCognito({ onMessage });
  if (cognito) {
    Object.assign(process.env, environmentOf(cognito));
  }
  const app = await createApp();
  await app.listen(port, host);
  const stop = async () => {
    await Promise.all([app.close(), cognito?.stop()]);
    process.exit(0);
  };
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
  console.log(welcome());
}

function onMessage({ medium, to, text }: LocalMessage): void {
  console.log(`[${medium}] to ${to}: ${text}`);
}

function welcome(): string {
  const user = { username: 'ann', password: 'Correct-Horse-9' };
  const attributes = { email: 'ann@example.com', phone_number: '+15555550134' };
  // Requests that change something must come from a page of the application, and say so.
  const own = `-H 'origin: ${origin}' -H 'x-mandate-csrf: 1'`;
  const send = (path: string, body: object) =>
    `curl -b jar -c jar ${own} ${origin}/auth/${path} --json '${JSON.stringify(body)}'`;
  return [
    'E-mails and SMS appear below. Tokens, challenges and the device are in the cookies of "jar".',
    `  1. ${send('register', { ...user, attributes })}`,
    `  2. ${send('confirm', { username: user.username, code: '<code>' })}`,
    `  3. ${send('authenticate', user)}`,
    `  4. ${send('mfa', { sms: { enabled: true } })} -X PUT`,
    '  5. Repeat step 3: a challenge.',
    `  6. ${send('respond', { name: 'SMS_MFA', answer: { code: '<code>' } })}`,
    `  7. ${send('devices', { name: 'My laptop' })}`,
    '  8. Repeat step 3: no challenge on this device.',
    'Ctrl-C stops everything.',
  ].join('\n');
}

start().catch((error: unknown) => {
  console.error(
    `The sample could not start: ${(error as Error).message} Choose another port with PORT=3001 npm start.`,
  );
  process.exit(1);
});
