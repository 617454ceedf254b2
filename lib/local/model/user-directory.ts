import type { User } from './user.js';

/** A pool's users, indexed by username and `sub`. */
export class UserDirectory {
  private readonly byKey = new Map<string, User>();
  private readonly bySub = new Map<string, User>();

  /** @param caseSensitive - whether usernames and attribute values are compared case-sensitively. */
  constructor(private readonly caseSensitive: boolean) {}

  get size(): number {
    return this.byKey.size;
  }

  /** Oldest first. */
  all(): User[] {
    return [...this.byKey.values()];
  }

  byUsername(username: string): User | undefined {
    return this.byKey.get(this.keyOf(username));
  }

  bySubject(sub: string): User | undefined {
    return this.bySub.get(sub);
  }

  /** By exact username or by `sub`. */
  byIdentity(name: string): User | undefined {
    return this.byUsername(name) ?? this.bySub.get(name);
  }

  /** The users with this attribute value, oldest first. */
  withAttribute(attribute: string, value: string): User[] {
    const wanted = this.keyOf(value);
    return this.all().filter((user) => {
      const own = user.attributes[attribute];
      return own !== undefined && this.keyOf(own) === wanted;
    });
  }

  add(user: User): void {
    this.byKey.set(this.keyOf(user.username), user);
    this.bySub.set(user.sub, user);
  }

  remove(user: User): void {
    this.byKey.delete(this.keyOf(user.username));
    this.bySub.delete(user.sub);
  }

  private keyOf(name: string): string {
    return this.caseSensitive ? name : name.toLowerCase();
  }
}
