import { createHash } from 'node:crypto';

import { isObject } from '../../../types/is-object.js';
import { CognitoFault } from '../cognito-fault.js';
import type { Environment } from '../environment.js';
import type { CallOrigin } from '../sessions/session-tracking.js';
import { issueClientToken } from '../tokens/client-token.js';
import { renewTokens } from '../tokens/renew-tokens.js';
import type { ClientInPool } from '../pools/pool-lookup.js';
import { redeemGrant } from './redeem-grant.js';
import { requestedCustomScopes, scopeList } from './scopes.js';
import { invalidGrant, TokenError } from './token-error.js';
import { type TokenResponse, tokenResponse } from './token-response.js';

/** A request to the token endpoint, of an authenticated client. */
export interface TokenEndpointRequest extends ClientInPool {
  readonly form: URLSearchParams;
  readonly caller: CallOrigin;
}

type Grant = (environment: Environment, request: TokenEndpointRequest) => Promise<TokenResponse>;

/**
 * Issues tokens for a grant (RFC 6749 sections 4.1.3, 4.4.2 and 6).
 *
 * @throws TokenError
 */
export async function issueForGrant(environment: Environment, request: TokenEndpointRequest): Promise<TokenResponse> {
  const grantType = required(request.form, 'grant_type');
  const grant = Object.hasOwn(GRANTS, grantType) ? GRANTS[grantType] : undefined;
  if (grant === undefined) {
    throw new TokenError('unsupported_grant_type');
  }
  try {
    return await grant(environment, request);
  } catch (error) {
    throw error instanceof CognitoFault ? refusedGrant(error) : error;
  }
}

/** A trigger's fault shows its text, so that its author can find it. All others give no reason. */
function refusedGrant(fault: CognitoFault): TokenError {
  return fault.exception.includes('Lambda')
    ? new TokenError('invalid_grant', fault.message, { cause: fault })
    : invalidGrant(fault);
}

const authorizationCode: Grant = async (environment, { pool, client, form, caller }) => {
  assertAllowed(client, 'code');
  const code = required(form, 'code');
  const redirectUri = required(form, 'redirect_uri');
  const grant = environment.authorizationCodes.redeem(code, client.id);
  if (grant === undefined) {
    throw invalidGrant();
  }
  if (grant.redirectUri !== redirectUri) {
    throw new TokenError('unauthorized_client', 'invalid_redirect');
  }
  if (grant.codeChallenge !== undefined && challengeOf(form.get('code_verifier')) !== grant.codeChallenge) {
    throw invalidGrant();
  }
  return redeemGrant(environment, { pool, client, grant, caller, withRefreshToken: true });
};

const refreshToken: Grant = async (environment, { pool, client, form, caller }) => {
  const { signIn, tokens } = await renewTokens(environment, {
    ...{ pool, client, origin: caller },
    refreshToken: required(form, 'refresh_token'),
    keepsResource: true,
  });
  return tokenResponse(signIn, tokens);
};

const clientCredentials: Grant = async (environment, { pool, client, form }) => {
  assertAllowed(client, 'client_credentials');
  const scopes = requestedCustomScopes(client, scopeList(form.get('scope') ?? undefined));
  if (scopes === undefined) {
    throw new TokenError('invalid_scope');
  }
  const metadata = clientMetadataOf(form);
  const { accessToken, expiresIn } = await issueClientToken(environment, pool, client, scopes, metadata);
  return { access_token: accessToken, expires_in: expiresIn, token_type: 'Bearer' };
};

const GRANTS: Readonly<Record<string, Grant>> = {
  authorization_code: authorizationCode,
  refresh_token: refreshToken,
  client_credentials: clientCredentials,
};

function assertAllowed({ settings }: ClientInPool['client'], flow: 'code' | 'client_credentials'): void {
  if (!settings.AllowedOAuthFlowsUserPoolClient || !settings.AllowedOAuthFlows?.includes(flow)) {
    throw new TokenError('unauthorized_client');
  }
}

/** RFC 7636 section 4.6. */
function challengeOf(verifier: string | null): string {
  return createHash('sha256')
    .update(verifier ?? '')
    .digest('base64url');
}

/** `aws_client_metadata`: a JSON object of strings for the trigger. */
function clientMetadataOf(form: URLSearchParams): Record<string, string> | undefined {
  const text = form.get('aws_client_metadata');
  if (text === null) {
    return undefined;
  }
  const metadata = parseJson(text);
  if (!isObject(metadata) || Object.values(metadata).some((value) => typeof value !== 'string')) {
    throw new TokenError('invalid_request');
  }
  return metadata as Record<string, string>;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @throws TokenError `invalid_request` if a parameter is missing, empty or repeated. */
function required(form: URLSearchParams, name: string): string {
  const [value, ...others] = form.getAll(name);
  if (value === undefined || value === '' || others.length > 0) {
    throw new TokenError('invalid_request');
  }
  return value;
}
