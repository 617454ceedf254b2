import type { LocalClient, LocalPool } from '../../local/local-pool.js';

/** More app clients are counted, as a directory of data may hold those of many test runs. */
const MAX_CLIENTS = 20;

/** Lines for the `.env` of an application, for each app client: the variables that `mandate init` and the doctor use. */
export function envLines(pools: readonly LocalPool[]): string[] {
  const clients = pools.flatMap((pool) => pool.clients.map((client) => ({ pool, client })));
  if (clients.length === 0) {
    return ['There is no app client yet, so there are no lines for the .env of an application.'];
  }
  const left = clients.length - MAX_CLIENTS;
  return [
    'For the .env of your application. The secrets are good for this server only:',
    ...clients.slice(0, MAX_CLIENTS).flatMap(({ pool, client }) => ['', ...linesOf(pool, client)]),
    ...(left > 0 ? ['', `# ${left} more app clients`] : []),
  ];
}

function linesOf(pool: LocalPool, client: LocalClient): string[] {
  const { endpoint, region } = pool.moduleOptions({ client: client.name });
  return [
    `# pool ${JSON.stringify(pool.name)}, app client ${JSON.stringify(client.name)}`,
    `COGNITO_USER_POOL_ID=${pool.id}`,
    `COGNITO_CLIENT_ID=${client.id}`,
    ...(client.secret === undefined ? [] : [`COGNITO_CLIENT_SECRET=${client.secret}`]),
    `COGNITO_REGION=${region}`,
    `COGNITO_ENDPOINT=${endpoint}`,
    `COGNITO_ISSUER=${pool.issuer}`,
    `COGNITO_JWKS_URI=${pool.jwksUri}`,
    `COGNITO_DOMAIN=${endpoint}`,
  ];
}
