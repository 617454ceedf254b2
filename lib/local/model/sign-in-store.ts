import { BoundedMap } from '../../memory/bounded-map.js';
import type { SignIn } from './sign-in.js';

/** More sign-ins than a test or a day of development needs. The oldest are evicted. */
const MAX_SIGN_INS = 20_000;

/** A pool's sign-ins, indexed by event id and by refresh token. */
export class SignInStore {
  private readonly byEvent = new BoundedMap<string, SignIn>(MAX_SIGN_INS);
  private readonly byRefreshToken = new BoundedMap<string, SignIn>(MAX_SIGN_INS);

  all(): SignIn[] {
    return [...this.byEvent.values()];
  }

  byEventId(eventId: string): SignIn | undefined {
    return this.byEvent.peek(eventId);
  }

  byRefreshDigest(digest: string): SignIn | undefined {
    return this.byRefreshToken.get(digest);
  }

  add(signIn: SignIn): void {
    this.byEvent.set(signIn.eventId, signIn);
    for (const token of signIn.refreshTokens) {
      this.byRefreshToken.set(token.digest, signIn);
    }
  }

  /** Adds another refresh token to a sign-in. */
  addRefreshToken(signIn: SignIn, digest: string): void {
    signIn.refreshTokens.push({ digest });
    this.byRefreshToken.set(digest, signIn);
  }

  /** A user's sign-ins, oldest first. */
  of(sub: string): SignIn[] {
    return this.all().filter((signIn) => signIn.sub === sub);
  }

  /** Revokes every sign-in of a user, and so its tokens. */
  revokeAll(sub: string, now: number): void {
    for (const signIn of this.of(sub)) {
      signIn.revokedAt ??= now;
    }
  }
}
