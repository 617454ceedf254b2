import { CognitoService } from 'mandate';
import type { LocalCognito } from 'mandate/testing';

import { DEMO_USERS, environmentOf, startEmbeddedCognito } from './embedded-cognito.js';
import { startPlainWs, startRpc, startSocketIo } from './start-apps.js';

const port = Number(process.env['PORT'] ?? 3000);

/** Uses the pool of COGNITO_USER_POOL_ID. Without that variable it starts an embedded Cognito. */
async function start(): Promise<void> {
  const cognito = process.env['COGNITO_USER_POOL_ID'] ? undefined : await startEmbeddedCognito();
  if (cognito) {
    Object.assign(process.env, environmentOf(cognito));
  }
  const apps = [await startSocketIo(port), await startPlainWs(port + 1), await startRpc(port + 2)] as const;
  const stop = async () => {
    await Promise.all([...apps.map((app) => app.close()), cognito?.stop()]);
    process.exit(0);
  };
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
  console.log(welcome(await demoToken(apps[0].get(CognitoService, { strict: false }), cognito)));
}

/** Signs in the first demo user and returns the access token. */
async function demoToken(service: CognitoService, cognito: LocalCognito | undefined): Promise<string> {
  const outcome = cognito && (await service.authenticate(DEMO_USERS[0]));
  return outcome?.status === 'AUTHENTICATED' ? outcome.tokens.accessToken : '<access token>';
}

function welcome(token: string): string {
  return [
    `socket.io    http://127.0.0.1:${String(port)}      { auth: { token } }`,
    `WebSocket    ws://127.0.0.1:${String(port + 1)}        Authorization header, or "token" in each message`,
    `TCP          127.0.0.1:${String(port + 2)}             { headers: { authorization: 'Bearer ...' } } in the payload`,
    'Messages: notes.count (public), notes.list, notes.add { text }, notes.clear (moderators)',
    `A token of ${DEMO_USERS[0].username}, a moderator:`,
    token,
    'Ctrl-C stops everything.',
  ].join('\n');
}

start().catch((error: unknown) => {
  console.error(`The sample could not start: ${(error as Error).message} Choose other ports with PORT=4000 npm start.`);
  process.exit(1);
});
