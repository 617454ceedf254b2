import { randomUUID } from 'node:crypto';

import { domainEndpoints, domainUrl } from '../../../protocol/oauth/domain.js';
import { authorizationUrl } from '../../../protocol/oauth/authorization-request.js';
import type { Connection } from '../connection.js';
import { fault, type Finding, ok, skipped, warning } from '../finding.js';

/** Milliseconds. */
const TIMEOUT = 10_000;

/**
 * The domain, the callback URL, the scopes and the logout URL, by requests whose redirections are not followed.
 *
 * @param isClientAtFault - whether the description of the app client has told already what the pages would.
 */
export async function checkManagedLogin(connection: Connection, isClientAtFault: boolean): Promise<Finding[]> {
  const { oauth } = connection.options;
  const url = domainUrl(oauth?.domain ?? '');
  if (oauth === undefined || url === undefined) {
    return [skipped('managed-login', 'No domain is given.')];
  }
  try {
    if (isClientAtFault) {
      return (await visit(domainEndpoints(url).authorization)).isOfCognito ? [] : [notCognito(url)];
    }
    return [...(await checkLogin(connection, url)), ...(await checkLogout(connection, url))];
  } catch (error) {
    const cause = (error as Error).cause as NodeJS.ErrnoException | undefined;
    return [
      fault(
        'managed-login',
        `The domain ${url.host} is unreachable (${cause?.code ?? (error as Error).name}).`,
        'Check --domain or COGNITO_DOMAIN: the console shows the domain of the pool under Branding. A custom domain needs its DNS entry.',
      ),
    ];
  }
}

async function checkLogin({ options, appClient }: Connection, domain: URL): Promise<Finding[]> {
  const { redirectUri, scopes = ['openid'] } = options.oauth ?? {};
  if (redirectUri === undefined) {
    return [skipped('managed-login', 'No redirect URI is given.')];
  }
  const page = authorizationUrl(domainEndpoints(domain).authorization, {
    clientId: appClient.clientId,
    redirectUri,
    scopes,
    state: randomUUID(),
    nonce: randomUUID(),
    // Nobody redeems the code.
    codeChallenge: 'a'.repeat(43),
  });
  const { status, location, isOfCognito } = await visit(page);
  const error = location?.searchParams.get('error');
  if (!isOfCognito) {
    return [notCognito(domain)];
  }
  if (error === undefined || error === null) {
    return status < 400
      ? [ok('managed-login', `${domain.host} starts a sign-in that comes back to ${redirectUri}.`)]
      : [
          fault(
            'managed-login',
            `${domain.host} refuses a sign-in with the status ${String(status)}.`,
            'Check that the domain is of this pool.',
          ),
        ];
  }
  return [loginFault(`${error} ${location?.searchParams.get('error_description') ?? ''}`, redirectUri, scopes)];
}

function loginFault(error: string, redirectUri: string, scopes: readonly string[]): Finding {
  if (error.includes('redirect_mismatch')) {
    return fault(
      'managed-login',
      `${redirectUri} is not among the CallbackURLs of the app client.`,
      'Add it there, to the letter: a slash at the end counts.',
    );
  }
  if (error.includes('scope')) {
    return fault(
      'managed-login',
      `The app client does not allow the scopes ${scopes.join(', ')}.`,
      'Add them to its AllowedOAuthScopes, or correct --scopes.',
    );
  }
  if (error.includes('unauthorized_client')) {
    return fault(
      'managed-login',
      'The app client does not allow the authorization code grant.',
      'Set AllowedOAuthFlowsUserPoolClient, and add "code" to its AllowedOAuthFlows.',
    );
  }
  return fault(
    'managed-login',
    `The domain does not know the app client (${error.trim()}).`,
    'Check that the domain is of this pool, and that managed login is on for the app client.',
  );
}

async function checkLogout({ options, appClient }: Connection, domain: URL): Promise<Finding[]> {
  const uris = [options.oauth?.logoutUri ?? []].flat();
  const findings = await Promise.all(
    uris.map(async (logoutUri) => {
      const page = new URL(domainEndpoints(domain).logout);
      page.search = new URLSearchParams({ client_id: appClient.clientId, logout_uri: logoutUri }).toString();
      const { location } = await visit(page.href);
      // An error is shown by a page of the domain.
      return location?.href.startsWith(new URL(logoutUri).href) === true
        ? ok('managed-login', `A logout comes back to ${logoutUri}.`)
        : fault(
            'managed-login',
            `${logoutUri} is not among the LogoutURLs of the app client.`,
            'Add it there, to the letter: a slash at the end counts.',
          );
    }),
  );
  return findings;
}

async function visit(page: string): Promise<{ status: number; location: URL | undefined; isOfCognito: boolean }> {
  const response = await fetch(page, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT) });
  await response.body?.cancel();
  const location = response.headers.get('location');
  return {
    status: response.status,
    location: location === null ? undefined : new URL(location, page),
    isOfCognito: response.status !== 404,
  };
}

function notCognito(domain: URL): Finding {
  return warning(
    'managed-login',
    `${domain.host} answers, and has no page of managed login.`,
    'Check --domain or COGNITO_DOMAIN.',
  );
}
