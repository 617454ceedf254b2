import { type AuthFactors, readAuthFactors } from '../client/shapes/auth-factors.js';
import { type FactorPreferences, sdkPreferences } from '../client/shapes/mfa-preference.js';
import { verifySoftwareToken } from '../sign-in/software-token.js';
import { requireObject, requireText, requireTextIfGiven } from '../errors/require-argument.js';
import type { ChallengeOf } from '../protocol/challenge.js';
import { otpauthUri } from '../protocol/otpauth-uri.js';
import { requireMember } from '../protocol/protocol-error.js';
import { readUnverifiedClaims } from '../protocol/unverified-claims.js';
import type { UserDependencies } from './user-dependencies.js';

/**
 * What authorizes the set-up of an authenticator app: an access token, or the challenge MFA_SETUP of a sign-in.
 *
 * @publicApi
 */
export type AssociateSoftwareTokenRequest = (
  { readonly accessToken: string } | { readonly challenge: ChallengeOf<'MFA_SETUP'> }
) & {
  /** The issuer that the authenticator app shows. Default: the user pool's id. */
  readonly issuer?: string | undefined;
  /** The account that the authenticator app shows. Default: the internal username. */
  readonly account?: string | undefined;
};

/**
 * A secret for an authenticator app.
 *
 * @publicApi
 */
export interface SoftwareTokenSetup {
  /** Base32, for manual entry. It is the second factor itself: show it once and do not store it. */
  readonly secretCode: string;
  /** The secret as an `otpauth:` URI, for a QR code. */
  readonly otpauthUri: string;
  /** Answer this challenge, in place of the one that was passed, with the app's first code. */
  readonly challenge?: ChallengeOf<'MFA_SETUP'>;
}

/**
 * The first code of an authenticator app.
 *
 * @publicApi
 */
export interface VerifySoftwareTokenRequest {
  /** Of the signed-in user. */
  readonly accessToken: string;
  /** The six digits that the app shows. */
  readonly code: string;
  /** The name of the app or phone, shown in later challenges. Default: none. */
  readonly deviceName?: string | undefined;
}

/**
 * Second factors to enable, disable or prefer. Omitted factors do not change.
 *
 * @publicApi
 */
export interface MfaPreference extends FactorPreferences {
  /** Of the signed-in user. */
  readonly accessToken: string;
}

/**
 * Second factors of the signed-in user: `CognitoService.mfa`.
 *
 * @publicApi
 */
export class CognitoMfa {
  constructor(private readonly dependencies: Pick<UserDependencies<object>, 'client' | 'appClient'>) {}

  /**
   * Requests a secret for an authenticator app (AssociateSoftwareToken).
   *
   * @throws CognitoServiceError with the code ACCESS_TOKEN_..., or SESSION_INVALID, SESSION_EXPIRED or SESSION_USED (of
   *   a challenge: sign in again), or SOFTWARE_TOKEN_NOT_OFFERED.
   */
  async associateSoftwareToken(request: AssociateSoftwareTokenRequest): Promise<SoftwareTokenSetup> {
    requireObject('request', request);
    const { client, appClient } = this.dependencies;
    const { SecretCode, Session } = await client.send('AssociateSoftwareToken', authorizationOf(request));
    const secretCode = requireMember('SecretCode', SecretCode);
    const { issuer = appClient.userPoolId, account = accountOf(request) } = request;
    return {
      secretCode,
      otpauthUri: otpauthUri({ issuer, account }, secretCode),
      ...('challenge' in request && {
        challenge: { ...request.challenge, session: requireMember('Session', Session) },
      }),
    };
  }

  /**
   * Verifies the first code of an authenticator app (VerifySoftwareToken). Call `setPreference` to enable the factor.
   * During a sign-in, answer the challenge MFA_SETUP with the code instead.
   *
   * @throws MandateError with the code SOFTWARE_TOKEN_NOT_ENABLED or CODE_MISMATCH if the code is wrong.
   */
  async verifySoftwareToken(request: VerifySoftwareTokenRequest): Promise<void> {
    requireObject('request', request);
    const { accessToken, code, deviceName } = request;
    requireText('accessToken', accessToken);
    requireText('code', code);
    requireTextIfGiven('deviceName', deviceName);
    await verifySoftwareToken(this.dependencies.client, { AccessToken: accessToken }, code, deviceName);
  }

  /**
   * Enables, disables or prefers second factors (SetUserMFAPreference).
   *
   * @throws CognitoServiceError with the code ACCESS_TOKEN_..., MFA_FACTOR_NOT_SET_UP, SOFTWARE_TOKEN_NOT_OFFERED or
   *   PARAMETER_INVALID.
   */
  async setPreference(request: MfaPreference): Promise<void> {
    requireObject('request', request);
    const { accessToken, ...preferences } = request;
    requireText('accessToken', accessToken);
    const settings = sdkPreferences(preferences);
    await this.dependencies.client.send('SetUserMFAPreference', { AccessToken: accessToken, ...settings });
  }

  /**
   * Returns the factors that the user can sign in with (GetUserAuthFactors).
   *
   * @throws CognitoServiceError with the code ACCESS_TOKEN_...
   */
  async factors(accessToken: string): Promise<AuthFactors> {
    requireText('accessToken', accessToken);
    return readAuthFactors(await this.dependencies.client.send('GetUserAuthFactors', { AccessToken: accessToken }));
  }
}

function authorizationOf(request: AssociateSoftwareTokenRequest): { Session: string } | { AccessToken: string } {
  if ('challenge' in request) {
    requireObject('challenge', request.challenge);
    requireText('challenge.session', request.challenge.session);
    return { Session: request.challenge.session };
  }
  requireText('accessToken', request.accessToken);
  return { AccessToken: request.accessToken };
}

function accountOf(request: AssociateSoftwareTokenRequest): string {
  if ('challenge' in request) {
    return request.challenge.username;
  }
  const username = readUnverifiedClaims(request.accessToken)?.['username'];
  return typeof username === 'string' ? username : 'user';
}
