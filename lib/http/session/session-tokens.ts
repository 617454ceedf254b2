import { randomBytes } from 'node:crypto';

import { MandateArgumentError } from '../../errors/argument-error.js';
import { MandateError } from '../../errors/mandate-error.js';
import { requireObject, requireText } from '../../errors/require-argument.js';
import type { TokenSet } from '../../protocol/authentication-outcome.js';
import { readUnverifiedClaims } from '../../protocol/unverified-claims.js';
import type { Clock } from '../../time/clock.js';
import type { Verifier } from '../../tokens/verifier.js';
import type { SessionContent } from './session-content.js';

type Claims = Readonly<Record<string, unknown>>;

/** What `keep` names besides claims. */
const ID_TOKEN = 'idToken';

/** Dependencies of `SessionTokens`. */
export interface SessionTokensDependencies {
  readonly verifier: Pick<Verifier, 'verify'>;
  readonly clock: Clock;
  /** The option `keep`. */
  readonly keep: readonly string[];
}

/** Makes the content of sessions from tokens. */
export class SessionTokens {
  readonly #claims: readonly string[];
  readonly #keepsIdToken: boolean;

  constructor(private readonly dependencies: SessionTokensDependencies) {
    const { keep } = dependencies;
    this.#claims = keep.filter((name) => name !== ID_TOKEN);
    this.#keepsIdToken = keep.includes(ID_TOKEN);
  }

  /**
   * The content of a new session. Its tokens are verified: an application may have received them from anywhere.
   *
   * @throws MandateArgumentError if they are no tokens.
   * @throws TokenRejectedError if the access token is not accepted, or the id token is of somebody else.
   */
  async begin(tokens: TokenSet): Promise<SessionContent> {
    requireObject('tokens', tokens);
    requireText('tokens.accessToken', tokens.accessToken);
    const { verifier, clock } = this.dependencies;
    const { sub } = await verifier.verify(tokens.accessToken, { tokenUse: 'access' });
    const claims = await this.#claimsOf(tokens, sub);
    const now = clock();
    return this.#content(tokens, { sid: randomBytes(16).toString('base64url'), sub, createdAt: now }, claims, now);
  }

  /** The content of a session whose tokens were renewed. The new tokens must not be lost, whatever else fails. */
  async renew(session: SessionContent, tokens: TokenSet): Promise<SessionContent> {
    const { sid, sub, createdAt, grantType, refreshToken, idToken } = session;
    const kept: TokenSet = {
      ...(refreshToken !== undefined && { refreshToken }),
      ...(idToken !== undefined && { idToken }),
      ...(grantType !== undefined && { grantType }),
      ...tokens,
    };
    const claims = await this.#claimsOf(tokens, sub).catch(() => session.claims);
    return this.#content(
      kept,
      { sid, sub, createdAt },
      tokens.idToken === undefined ? session.claims : claims,
      this.dependencies.clock(),
    );
  }

  #content(
    tokens: TokenSet,
    fixed: Pick<SessionContent, 'sid' | 'sub' | 'createdAt'>,
    claims: Claims,
    usedAt: number,
  ): SessionContent {
    const { accessToken, refreshToken, idToken, expiresAt, grantType } = tokens;
    return {
      ...fixed,
      accessToken,
      ...(refreshToken !== undefined && { refreshToken }),
      ...(this.#keepsIdToken && idToken !== undefined && { idToken }),
      expiresAt,
      usedAt,
      ...(grantType !== undefined && { grantType }),
      claims,
    };
  }

  async #claimsOf({ idToken }: TokenSet, sub: string): Promise<Claims> {
    if (this.#claims.length === 0 || idToken === undefined) {
      return {};
    }
    const claims = await this.#verified(idToken);
    if (claims['sub'] !== sub) {
      throw new MandateArgumentError('tokens', 'must be the tokens of one user, but the id token is of another');
    }
    const kept = this.#claims.filter((name) => Object.hasOwn(claims, name)).map((name) => [name, claims[name]]);
    return Object.fromEntries(kept) as Claims;
  }

  async #verified(idToken: string): Promise<Claims> {
    try {
      return { ...(await this.dependencies.verifier.verify(idToken, { tokenUse: 'id' })) };
    } catch (error) {
      // Comes after the signature was verified: Cognito cannot be asked about id tokens.
      if (error instanceof MandateError && error.code === 'TOKEN_REVOCATION_UNCHECKABLE') {
        return readUnverifiedClaims(idToken) ?? {};
      }
      throw error;
    }
  }
}
