import type { LocalCognito } from 'mandate/testing';

import { createApp } from './create-app.js';
import { DEMO_USER, environmentOf, startEmbeddedCognito } from './embedded-cognito.js';

const host = '127.0.0.1';
const port = Number(process.env['PORT'] ?? 3000);
const cognitoPort = Number(process.env['COGNITO_PORT'] ?? 9229);

/** Uses the pool of COGNITO_USER_POOL_ID. Without that variable it starts an embedded Cognito. */
async function start(): Promise<void> {
  const cognito = process.env['COGNITO_USER_POOL_ID'] ? undefined : await startEmbeddedCognito(cognitoPort);
  if (cognito) {
    Object.assign(process.env, environmentOf(cognito));
  }
  const app = await createApp();
  try {
    await app.listen(port, host);
  } catch (error) {
    await cognito?.stop();
    throw error;
  }
  const stop = async () => {
    await Promise.all([app.close(), cognito?.stop()]);
    process.exit(0);
  };
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
  console.log(welcome(cognito));
}

function welcome(cognito: LocalCognito | undefined): string {
  const origin = `http://${host}:${String(port)}`;
  const json = "-H 'content-type: application/json'";
  const { username, email, password } = DEMO_USER;
  const post = (path: string, body: object) => `curl -X POST ${origin}${path} ${json} -d '${JSON.stringify(body)}'`;
  return [
    '',
    `  Application   ${origin}        (try everything in a browser: ${origin}/docs)`,
    cognito ? `  Cognito       ${cognito.endpoint}        (embedded; e-mails and SMS appear below)` : '',
    cognito ? `  Demo user     ${username} or ${email}, password ${password}` : '',
    '',
    '  Sign up:      ' +
      post('/auth/register', {
        username: 'ann',
        password: 'Correct-Horse-9',
        attributes: { email: 'ann@example.com' },
      }),
    '  Sign in:      ' + post('/auth/authenticate', { username, password }),
    `  Who am I:     curl ${origin}/me -H 'authorization: Bearer <accessToken>'`,
    '',
    '  Ctrl-C stops everything.',
    '',
  ]
    .filter((line, index, lines) => line !== '' || lines[index - 1] !== '')
    .join('\n');
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
