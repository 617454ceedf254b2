import { markBrowserSession, readsBrowserSession } from '../auth/extractors/browser-session-mark.js';
import { DEFAULT_EXTRACTORS } from '../auth/extractors/extract-token.js';
import type { TokenExtractor } from '../auth/extractors/token-extractor.js';
import type { AuthPool } from '../auth/pools/user-pools.js';
import type { ResolvedMandateOptions } from '../module/resolve-options.js';
import { TokenRejectedError } from '../tokens/token-errors.js';
import type { TokenVerifier } from '../tokens/token-verifier.js';
import type { TokenExpectations, Verifier } from '../tokens/verifier.js';
import { type KnownCaller, knownClaims, knownIssuer, unsignedToken } from './known-caller.js';

/** Names the caller of the moment; undefined for a call without a token. */
export type CurrentCaller = () => KnownCaller | undefined;

/** The part of the options that decides on a caller. */
type PoolOptions = Pick<ResolvedMandateOptions, 'clientId' | 'tokenUse' | 'clock'>;

/** A pool whose every call comes from the caller of the moment, whatever the call carries. */
export function knownCallerPool(pool: AuthPool, name: string, options: PoolOptions, current: CurrentCaller): AuthPool {
  const tokens = new WeakMap<KnownCaller, string>();
  const { loadUser } = pool;
  const extract: TokenExtractor = () => {
    const caller = current();
    return caller && (caller.token ?? tokenOf(caller, tokens, { ...options, name }));
  };
  return {
    ...pool,
    verifier: verifierOf(name, options, current),
    extractors: inPlaceOf(pool.extractors, extract),
    loadUser: (claims, request) => current()?.user ?? (loadUser === undefined ? claims : loadUser(claims, request)),
  };
}

/**
 * One extractor that knows the caller for each of the pool's. Those that read browser sessions stay known as such: OpenAPI
 * documents tell of them, and sessions without one are warned of.
 */
function inPlaceOf(own: readonly TokenExtractor[], extract: TokenExtractor): readonly TokenExtractor[] {
  const readsSession = markBrowserSession((...call) => extract(...call));
  const known = own.map((extractor) => (readsBrowserSession(extractor) ? readsSession : extract));
  // Sessions join the default ones when the application starts.
  return own === DEFAULT_EXTRACTORS ? [...known, readsSession] : known;
}

/** One token for each caller, so that calls of one caller are seen as such. */
function tokenOf(
  caller: KnownCaller,
  tokens: WeakMap<KnownCaller, string>,
  { name, clientId, clock }: PoolOptions & { readonly name: string },
): string {
  const known = tokens.get(caller);
  if (known !== undefined) {
    return known;
  }
  const token = unsignedToken(knownClaims(caller, { pool: caller.pool ?? name, clientId, now: clock() }));
  tokens.set(caller, token);
  return token;
}

/** A verifier that knows the caller of the moment, whatever the token. */
export function knownCallerVerifier(
  own: TokenVerifier,
  name: string,
  options: PoolOptions,
  current: CurrentCaller,
): TokenVerifier {
  const known = verifierOf(name, options, current);
  return new Proxy(own, {
    get: (target, member) => {
      if (member === 'verify' || member === 'verifySync') {
        return known[member];
      }
      const value: unknown = Reflect.get(target, member, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

function verifierOf(name: string, { clientId, clock, tokenUse }: PoolOptions, current: CurrentCaller) {
  const verifySync = (_token: string, expectations?: TokenExpectations) => {
    const caller = current();
    if (caller === undefined) {
      throw new TokenRejectedError('TOKEN_MISSING');
    }
    if (caller.pool !== undefined && caller.pool !== name) {
      throw new TokenRejectedError('TOKEN_ISSUER_REFUSED');
    }
    return knownClaims(caller, { pool: name, clientId, expectations: { tokenUse, ...expectations }, now: clock() });
  };
  return {
    accepts: (issuer: string) => issuer === knownIssuer(name),
    verifySync,
    verify: async (token: string, expectations?: TokenExpectations) => Promise.resolve(verifySync(token, expectations)),
    keys: () => [],
  } satisfies Verifier;
}
