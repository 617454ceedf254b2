import { MandateError } from '../errors/mandate-error.js';
import { MandateArgumentError } from '../errors/argument-error.js';
import { requireText } from '../errors/require-argument.js';
import { expiryClaim, readUnverifiedClaims } from '../protocol/unverified-claims.js';
import type { Clock } from '../time/clock.js';
import type { DomainClient } from './domain-client.js';
import { readByLibrary } from './library-failure.js';
import type { UserInfo } from './user-info.js';

/** The claims that OpenID Connect defines as booleans (Core 1.0, section 5.1), and that Cognito sends as text. */
const BOOLEANS = ['email_verified', 'phone_number_verified'];

/** Reads the userInfo endpoint (OpenID Connect Core 1.0, section 5.3). */
export async function requestUserInfo(domain: DomainClient, accessToken: string, clock: Clock): Promise<UserInfo> {
  requireText('accessToken', accessToken);
  const sub = readUnverifiedClaims(accessToken)?.['sub'];
  if (typeof sub !== 'string' || sub === '') {
    throw new MandateArgumentError('accessToken', 'must be an access token of the user pool');
  }
  const library = await domain.library();
  const response = await domain
    .send('userInfo', async ({ server, client, options }) =>
      library.userInfoRequest(server, client, accessToken, options),
    )
    .catch((error: unknown) => {
      throw withReason(error, accessToken, clock);
    });
  const claims = await readByLibrary('userInfo', async () =>
    library.processUserInfoResponse(domain.server(), domain.client(library), sub, response),
  );
  return { ...claims, ...Object.fromEntries(BOOLEANS.flatMap((name) => booleanOf(name, claims[name]))) };
}

/** Cognito gives one answer for every token that it no longer accepts; that it has expired is seen here. */
function withReason(error: unknown, accessToken: string, clock: Clock): unknown {
  const isInvalid = error instanceof MandateError && error.code === 'ACCESS_TOKEN_INVALID';
  const hasExpired = (expiryClaim(accessToken) ?? Infinity) <= clock();
  return isInvalid && hasExpired
    ? new MandateError('ACCESS_TOKEN_EXPIRED', 'The access token has expired. Renew it.', { cause: error })
    : error;
}

function booleanOf(name: string, value: unknown): readonly (readonly [string, boolean])[] {
  return value === 'true' || value === 'false' ? [[name, value === 'true']] : [];
}
