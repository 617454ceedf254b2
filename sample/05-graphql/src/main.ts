import type { LocalCognito } from 'mandate/testing';

import { createApp } from './create-app.js';
import { DEMO_USERS, environmentOf, startEmbeddedCognito } from './embedded-cognito.js';

const host = '127.0.0.1';
const port = Number(process.env['PORT'] ?? 3000);
const origin = (process.env['ORIGIN'] ??= `http://${host}:${String(port)}`);

/** Uses the pool of COGNITO_USER_POOL_ID. Without that variable it starts an embedded Cognito. */
async function start(): Promise<void> {
  const cognito = process.env['COGNITO_USER_POOL_ID'] ? undefined : await startEmbeddedCognito();
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
  console.log(welcome(cognito));
}

function welcome(cognito: LocalCognito | undefined): string {
  const [{ username, password }] = DEMO_USERS;
  const users = DEMO_USERS.map((user) => user.username).join(', ');
  return [
    `GraphiQL: ${origin}/graphql`,
    cognito ? `Users: ${users}; password ${password}` : '',
    '  Header for every operation: {"x-mandate-csrf": "1"}',
    `  mutation { signIn(username: "${username}", password: "...") { ... on SignedIn { session { sub } } } }`,
    '  query { me { username groups email } }',
    '  subscription { postAdded { text author mine } }',
    'Ctrl-C stops everything.',
  ].join('\n');
}

start().catch((error: unknown) => {
  console.error(
    `The sample could not start: ${(error as Error).message} Choose another port with PORT=3001 npm start.`,
  );
  process.exit(1);
});
