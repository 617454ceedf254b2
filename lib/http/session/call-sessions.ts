import type { Session } from './session.js';

/** What a call was found to carry, by one pool. */
interface Found {
  /** The `Cookie` header that it was found in. */
  readonly header: string;
  readonly owner: object;
  readonly session: Session | undefined | Promise<Session | undefined>;
  /** Of another pool. */
  readonly next: Found | undefined;
}

// In the global registry: `@Session()` may come from another copy of this package than the reader.
const FOUND = Symbol.for('mandate.sessions');

interface Carrier {
  [FOUND]?: Found;
}

/**
 * Records what a request carries: the fields of a GraphQL operation and several guards share one reading. This runs for
 * every request; the record holds no token that a dump would show.
 *
 * @param owner - the sessions of the pool.
 */
export function setSession(request: object, owner: object, header: string, session: Found['session']): void {
  const next = without(owner, (request as Carrier)[FOUND]);
  // A frozen message context has no record.
  Reflect.set(request, FOUND, { header, owner, session, next } satisfies Found);
}

/** What was recorded for the same cookies. */
export function foundSession(request: object, owner: object, header: string): Found | undefined {
  for (let found = (request as Carrier)[FOUND]; found !== undefined; found = found.next) {
    if (found.owner === owner) {
      return found.header === header ? found : undefined;
    }
  }
  return undefined;
}

/** The session of a user among those that a request carries. */
export async function sessionFor(request: object, sub: string): Promise<Session | undefined> {
  for (let found = (request as Carrier)[FOUND]; found !== undefined; found = found.next) {
    const session = await found.session;
    if (session?.content.sub === sub) {
      return session;
    }
  }
  return undefined;
}

/** Sockets live long: each message replaces what an earlier one recorded. */
function without(owner: object, found: Found | undefined): Found | undefined {
  if (found === undefined || found.owner === owner) {
    return found?.next;
  }
  return { ...found, next: without(owner, found.next) };
}
