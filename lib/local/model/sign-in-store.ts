import { RecordMap } from './record-map.js';
import type { SignIn } from './sign-in.js';

/** Access tokens live for at most a day, and so may outlive the refresh tokens of their sign-in. */
const LONGEST_ACCESS_TOKEN_MS = 86_400_000;
/** How many sign-ins are looked at whenever one is added. With two, each one's turn comes again and again. */
const SWEPT_PER_ADD = 2;

/** A pool's sign-ins that are neither revoked nor expired, indexed by event id, refresh token and user. */
export class SignInStore {
  /** By event id. */
  readonly records = new RecordMap<SignIn>();
  private readonly byRefreshToken = new Map<string, SignIn>();
  private readonly bySubject = new Map<string, Set<SignIn>>();
  private sweep: Iterator<SignIn, undefined> = this.records.peekAll();

  byEventId(eventId: string): SignIn | undefined {
    return this.records.get(eventId);
  }

  byRefreshDigest(digest: string): SignIn | undefined {
    const signIn = this.byRefreshToken.get(digest);
    return signIn === undefined ? undefined : this.records.get(signIn.eventId);
  }

  /** A user's sign-ins, oldest first. */
  of(sub: string): SignIn[] {
    return [...(this.bySubject.get(sub) ?? [])].flatMap(({ eventId }) => this.records.get(eventId) ?? []);
  }

  /** Adds a sign-in. Some that have expired make room for it. @param now - epoch milliseconds. */
  add(signIn: SignIn, now: number): void {
    this.records.set(signIn.eventId, signIn);
    this.enter(signIn);
    this.dropExpired(now);
  }

  /** Adds a sign-in as it was stored. */
  restore(signIn: SignIn, number: number): void {
    this.records.restore(signIn.eventId, number, signIn);
    this.enter(signIn);
  }

  /** Replaces the refresh tokens of a sign-in. */
  setRefreshTokens(signIn: SignIn, tokens: SignIn['refreshTokens']): void {
    for (const { digest } of signIn.refreshTokens) {
      this.byRefreshToken.delete(digest);
    }
    signIn.refreshTokens = tokens;
    for (const { digest } of tokens) {
      this.byRefreshToken.set(digest, signIn);
    }
  }

  /** Revokes a sign-in and so its tokens. Nothing is left of it. */
  revoke(signIn: SignIn): void {
    this.setRefreshTokens(signIn, []);
    this.records.delete(signIn.eventId);
    const own = this.bySubject.get(signIn.sub);
    own?.delete(signIn);
    if (own?.size === 0) {
      this.bySubject.delete(signIn.sub);
    }
  }

  /** Revokes every sign-in of a user. */
  revokeAll(sub: string): void {
    for (const signIn of this.of(sub)) {
      this.revoke(signIn);
    }
  }

  private enter(signIn: SignIn): void {
    for (const { digest } of signIn.refreshTokens) {
      this.byRefreshToken.set(digest, signIn);
    }
    const own = this.bySubject.get(signIn.sub);
    if (own === undefined) {
      this.bySubject.set(signIn.sub, new Set([signIn]));
    } else {
      own.add(signIn);
    }
  }

  private dropExpired(now: number): void {
    for (let count = 0; count < SWEPT_PER_ADD; count++) {
      const next = this.sweep.next();
      if (next.done) {
        this.sweep = this.records.peekAll();
      } else if (now >= next.value.expiresAt + LONGEST_ACCESS_TOKEN_MS) {
        this.revoke(next.value);
      }
    }
  }
}
