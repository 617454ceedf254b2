import { type AuthFactors, readAuthFactors } from '../client/shapes/auth-factors.js';
import { type FactorPreferences, sdkPreferences } from '../client/shapes/mfa-preference.js';
import { verifySoftwareToken } from '../sign-in/software-token.js';
import { requireObject, requireText, requireTextIfGiven } from '../errors/require-argument.js';
import type { ChallengeOf } from '../protocol/challenge.js';
import { otpauthUri } from '../protocol/otpauth-uri.js';
import { requireMember } from '../protocol/protocol-error.js';
import { readUnverifiedClaims } from '../protocol/unverified-claims.js';
import type { UserDependencies } from './user-dependencies.js';

/** Who sets up an authenticator app: somebody signed in, or somebody whom the pool asks to at sign-in. */
export type AssociateSoftwareTokenRequest = (
  { readonly accessToken: string } | { readonly challenge: ChallengeOf<'MFA_SETUP'> }
) & {
  /** Shown by the authenticator app. Default: the user pool's id. */
  readonly issuer?: string | undefined;
  /** Shown by the authenticator app. Default: the internal username. */
  readonly account?: string | undefined;
};

/** A secret to be put into an authenticator app. */
export interface SoftwareTokenSetup {
  /** Base32, for typing in. As precious as a second factor: show it once, store it nowhere. */
  readonly secretCode: string;
  /** The same as an address, for a QR code. */
  readonly otpauthUri: string;
  /** The challenge to answer with the app's first code, in place of the one that was given. */
  readonly challenge?: ChallengeOf<'MFA_SETUP'>;
}

/** The first code of an authenticator app. */
export interface VerifySoftwareTokenRequest {
  readonly accessToken: string;
  readonly code: string;
  /** The app's or phone's name, shown in later challenges. */
  readonly deviceName?: string | undefined;
}

/** Second factors to be switched; those left out stay as they are. */
export interface MfaPreference extends FactorPreferences {
  readonly accessToken: string;
}

/** Second factors of a user. */
export class CognitoMfa {
  constructor(private readonly dependencies: Pick<UserDependencies<object>, 'client' | 'appClient'>) {}

  /**
   * Asks for a secret for an authenticator app (AssociateSoftwareToken).
   *
   * @throws CognitoServiceError with the code ACCESS_TOKEN_..., SESSION_INVALID or SESSION_EXPIRED (in a sign-in:
   *   sign in again), or SOFTWARE_TOKEN_NOT_FOUND (the pool does not offer it).
   */
  async associateSoftwareToken(request: AssociateSoftwareTokenRequest): Promise<SoftwareTokenSetup> {
    requireObject('request', request);
    const { client, appClient } = this.dependencies;
    const { SecretCode, Session } = await client.send('AssociateSoftwareToken', ownerOf(request));
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
   * Takes the app's first code (VerifySoftwareToken). The factor is asked for once `setPreference` switches it on. Inside a
   * sign-in answer the MFA_SETUP challenge with the code instead.
   *
   * @throws MandateError with the code SOFTWARE_TOKEN_NOT_ENABLED or CODE_MISMATCH when the code does not fit.
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
   * Switches factors on, off, or to preferred (SetUserMFAPreference).
   *
   * @throws CognitoServiceError with the code ACCESS_TOKEN_... or PARAMETER_INVALID (a factor that the user has not
   *   set up, or that the pool does not offer).
   */
  async setPreference(request: MfaPreference): Promise<void> {
    requireObject('request', request);
    const { accessToken, ...preferences } = request;
    requireText('accessToken', accessToken);
    const settings = sdkPreferences(preferences);
    await this.dependencies.client.send('SetUserMFAPreference', { AccessToken: accessToken, ...settings });
  }

  /**
   * What the user can sign in with (GetUserAuthFactors).
   *
   * @throws CognitoServiceError with the code ACCESS_TOKEN_...
   */
  async factors(accessToken: string): Promise<AuthFactors> {
    requireText('accessToken', accessToken);
    return readAuthFactors(await this.dependencies.client.send('GetUserAuthFactors', { AccessToken: accessToken }));
  }
}

function ownerOf(request: AssociateSoftwareTokenRequest): { Session: string } | { AccessToken: string } {
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
