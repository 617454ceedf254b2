import { type IndexEntry, type IndexPosition, SortedIndex } from '../../memory/sorted-index.js';
import { RecordMap } from './record-map.js';
import type { User } from './user.js';
import { identityKey, indexKeysOf, isSearchable, type UserIndexKey, type UserIndexName } from './user-index.js';

/** Which users to list, and in which order. */
export interface UserQuery {
  readonly index: UserIndexName;
  readonly key: string;
  /** Whether `key` is only the beginning of the users' keys. */
  readonly prefix?: boolean;
  /** Refuses some of the users whom the index finds. Default: none. */
  readonly matches?: (user: User) => boolean;
}

/** A page of a listing. */
export interface UserPage {
  readonly users: User[];
  /** Where the next page starts: after the last user. Undefined on the last page. */
  readonly next?: IndexPosition;
}

/** A user whom running requests hold. */
interface HeldUser {
  /** The number of requests. */
  readonly by: number;
  /** Where the indexes have the user. */
  readonly keys: readonly UserIndexKey[];
}

/** A pool's users, indexed by everything that they are found, filtered and listed by. */
export class UserDirectory {
  /** By `sub`. */
  readonly records = new RecordMap<User>({
    onHold: (sub) => {
      this.hold(sub);
    },
    onRelease: (sub) => {
      this.release(sub);
    },
  });
  private readonly byName = new Map<string, User>();
  /** Each is made when it is first asked for, so that a start costs little. */
  private readonly indexes = new Map<UserIndexName, SortedIndex<User>>();
  /** The users whom running requests hold, by `sub`: they may have changed since they were indexed. */
  private readonly held = new Map<string, HeldUser>();

  /** @param caseSensitive - whether usernames and attribute values are compared case-sensitively. */
  constructor(private readonly caseSensitive: boolean) {}

  get size(): number {
    return this.records.size;
  }

  /** Oldest first, to look at only. Costs as much as there are users. */
  all(): User[] {
    return [...this.records.peekAll()];
  }

  byUsername(username: string): User | undefined {
    return this.given(this.byName.get(this.fold(username)));
  }

  bySubject(sub: string): User | undefined {
    return this.records.get(sub);
  }

  /** By exact username or by `sub`. */
  byIdentity(name: string): User | undefined {
    return this.byUsername(name) ?? this.bySubject(name);
  }

  /** The users with this value of a searchable attribute, oldest first. */
  withAttribute(attribute: string, value: string): User[] {
    return isSearchable(attribute) ? this.found(attribute, this.fold(value)) : [];
  }

  /** The members of a group, oldest first. */
  inGroup(name: string): User[] {
    return this.found('group', name);
  }

  /** The users who have an identity at a provider, named by its subject or a mapped attribute. */
  withIdentity(providerName: string, attributeName: string, value: string): User[] {
    return this.found('identity', identityKey(providerName, attributeName, value));
  }

  /** The latest users with an identity at a provider, newest first, to look at only. */
  *latestOf(providerName: string): Generator<User, void> {
    this.refresh();
    yield* this.index('provider').latest(providerName);
  }

  /** Lists users, to look at only. @param after - where the last page ended. */
  page(query: UserQuery, after: IndexPosition | undefined, limit: number): UserPage {
    const key = query.index === 'group' || query.index === 'enabled' ? query.key : this.fold(query.key);
    const users: User[] = [];
    let last: IndexPosition | undefined;
    for (const entry of this.entries(query.index, after ?? { key, number: 0 })) {
      if (query.prefix ? !entry.key.startsWith(key) : entry.key !== key) {
        break;
      }
      const isAfter = entry.key !== after?.key || entry.number !== after.number;
      if (isAfter && (query.matches?.(entry.value) ?? true)) {
        if (users.length === limit && last !== undefined) {
          return { users, next: last };
        }
        users.push(entry.value);
        last = { key: entry.key, number: entry.number };
      }
    }
    return { users };
  }

  add(user: User): void {
    this.records.set(user.sub, user);
    this.enter(user);
  }

  /** Adds a user as they were stored. */
  restore(user: User, number: number): void {
    this.records.restore(user.sub, number, user);
    this.enter(user);
  }

  remove(user: User): void {
    const { sub, username } = user;
    this.unindex(this.keysOf(user), this.records.numberOf(sub));
    this.records.delete(sub);
    this.byName.delete(this.fold(username));
    const held = this.held.get(sub);
    if (held !== undefined) {
      this.held.set(sub, { ...held, keys: [] });
    }
  }

  private enter(user: User): void {
    this.byName.set(this.fold(user.username), user);
    const held = this.held.get(user.sub);
    if (held !== undefined) {
      this.reindex(user, held);
    } else {
      this.addTo(this.indexKeys(user), user);
    }
  }

  private found(index: UserIndexName, key: string): User[] {
    const found: User[] = [];
    for (const entry of this.entries(index, { key, number: 0 })) {
      if (entry.key !== key) {
        break;
      }
      found.push(entry.value);
    }
    for (const user of found) {
      this.given(user);
    }
    return found;
  }

  private entries(index: UserIndexName, position: IndexPosition) {
    this.refresh();
    return this.index(index).from(position);
  }

  /** Tells the running unit of work that somebody has got the user. */
  private given(user: User | undefined): User | undefined {
    return user === undefined ? undefined : this.records.get(user.sub);
  }

  /** Brings the index keys of held users up to date. */
  private refresh(): void {
    for (const [sub, held] of this.held) {
      this.reindex(this.records.peek(sub), held);
    }
  }

  private hold(sub: string): void {
    const held = this.held.get(sub);
    const user = this.records.peek(sub);
    const keys = held?.keys ?? (user === undefined ? [] : this.indexKeys(user));
    this.held.set(sub, { by: (held?.by ?? 0) + 1, keys });
  }

  private release(sub: string): void {
    const held = this.held.get(sub);
    if (held !== undefined) {
      const keys = this.reindex(this.records.peek(sub), held);
      if (held.by > 1) {
        this.held.set(sub, { by: held.by - 1, keys });
      } else {
        this.held.delete(sub);
      }
    }
  }

  /** @returns where the indexes have the user now. */
  private reindex(user: User | undefined, held: HeldUser): readonly UserIndexKey[] {
    if (user === undefined) {
      return held.keys;
    }
    const { keys: before } = held;
    const keys = this.indexKeys(user);
    if (keys.length !== before.length || !keys.every(([name, key], at) => isKey(before[at], name, key))) {
      this.unindex(before, this.records.numberOf(user.sub));
      this.addTo(keys, user);
      this.held.set(user.sub, { ...held, keys });
    }
    return keys;
  }

  private addTo(keys: readonly UserIndexKey[], user: User): void {
    const number = this.records.numberOf(user.sub);
    for (const [name, key] of keys) {
      this.indexes.get(name)?.add(key, number, user);
    }
  }

  private unindex(keys: readonly UserIndexKey[], number: number): void {
    for (const [name, key] of keys) {
      this.indexes.get(name)?.remove(key, number);
    }
  }

  private index(name: UserIndexName): SortedIndex<User> {
    let index = this.indexes.get(name);
    if (index === undefined) {
      this.indexes.set(name, (index = new SortedIndex(this.entriesOf(name))));
    }
    return index;
  }

  private entriesOf(name: UserIndexName): IndexEntry<User>[] {
    return [...this.records.peekAll()].flatMap((user) => {
      const number = this.records.numberOf(user.sub);
      const own = this.keysOf(user).filter(([index]) => index === name);
      return own.map(([, key]) => ({ key, number, value: user }));
    });
  }

  /** Where the indexes have a user. */
  private keysOf(user: User): readonly UserIndexKey[] {
    return this.held.get(user.sub)?.keys ?? this.indexKeys(user);
  }

  private indexKeys(user: User): UserIndexKey[] {
    return indexKeysOf(user, (text) => this.fold(text));
  }

  private fold(name: string): string {
    return this.caseSensitive ? name : name.toLowerCase();
  }
}

function isKey(known: UserIndexKey | undefined, name: UserIndexName, key: string): boolean {
  return known?.[0] === name && known[1] === key;
}
