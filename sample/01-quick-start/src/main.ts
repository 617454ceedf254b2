import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { LocalCognito, LocalMessage } from 'mandate/testing';
import { ReplaySubject } from 'rxjs';

import { createApp } from './create-app.js';
import { DemoModule } from './demo.module.js';
import { DEMO_USER, environmentOf, startEmbeddedCognito } from './embedded-cognito.js';
import { listenOnLocalhost } from './listen.js';

const port = Number(process.env['PORT'] ?? 3000);
const cognitoPort = Number(process.env['COGNITO_PORT'] ?? 9229);
// A passkey belongs to a domain name, not to an IP address.
const origin = (process.env['ORIGIN'] ??= `http://localhost:${String(port)}`);
const assets = {
  pages: join(import.meta.dirname, '..', 'public'),
  modules: { mandate: folderOf('mandate/browser'), qr: folderOf('qr') },
};

/** Uses the pool of COGNITO_USER_POOL_ID. Without that variable it starts an embedded Cognito. */
async function start(): Promise<void> {
  const messages = new ReplaySubject<LocalMessage>(50);
  const onMessage = (message: LocalMessage) => {
    console.log(`[${message.medium}] to ${message.to}: ${message.text}`);
    messages.next(message);
  };
  const cognito = process.env['COGNITO_USER_POOL_ID']
    ? undefined
    : await startEmbeddedCognito({ port: cognitoPort, onMessage });
  if (cognito) {
    Object.assign(process.env, environmentOf(cognito));
  }
  const stopped: (() => Promise<void>)[] = cognito ? [async () => cognito.stop()] : [];
  const stop = async () => {
    await Promise.all(stopped.map(async (each) => each()));
    process.exit(0);
  };
  try {
    const app = await createApp(assets, cognito && DemoModule.with(messages));
    stopped.push(await listenOnLocalhost(app, port));
  } catch (error) {
    await cognito?.stop();
    throw error;
  }
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
  console.log(welcome(cognito));
}

/** The folder of a package's ES module. */
function folderOf(name: string): string {
  return dirname(fileURLToPath(import.meta.resolve(name)));
}

function welcome(cognito: LocalCognito | undefined): string {
  const { username, email, password } = DEMO_USER;
  // Requests that change something must come from a page of the application, and say so.
  const own = `-H 'origin: ${origin}' -H 'x-mandate-csrf: 1'`;
  const post = (path: string, body: object) => `curl -c jar ${origin}${path} ${own} --json '${JSON.stringify(body)}'`;
  const ann = { username: 'ann', password: 'Correct-Horse-9', attributes: { email: 'ann@example.com' } };
  const line = (label: string, value: string, explanation: string) =>
    `  ${label.padEnd(14)}${value.padEnd(34)}${explanation}`;
  return [
    '',
    line('Open', origin, 'sign up, sign in, passkeys, authenticator app'),
    line('API', `${origin}/docs`, 'all routes, to try in a browser'),
    ...(cognito
      ? [
          line('Cognito', cognito.endpoint, 'embedded; its e-mails appear on the page and below'),
          line('Demo user', `${username} or ${email}`, `password ${password}`),
        ]
      : []),
    '',
    `  Sign up:      ${post('/auth/register', ann)}`,
    `  Sign in:      ${post('/auth/authenticate', { username, password })}`,
    `  Who am I:     curl -b jar ${origin}/me`,
    '',
    '  Go on in sample/01-quick-start/src/app.module.ts. Ctrl-C stops everything.',
    '',
  ].join('\n');
}

start().catch((error: unknown) => {
  console.error(`The quick start could not start: ${explain(error)}`);
  process.exit(1);
});

function explain(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return `port ${String(port)} is in use. Choose another one: PORT=3001 npm start`;
  }
  return message.includes(String(cognitoPort)) ? `${message} (COGNITO_PORT=9230 npm start)` : message;
}
