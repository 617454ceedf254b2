import { MandateError } from '../../errors/mandate-error.js';
import { type CookieAttributes, deleteCookieLine, prefixedName, setCookieLine } from './cookie-attributes.js';
import { cookieIn, cookieNamesIn } from './cookie-header.js';

/** Bytes of a `Set-Cookie` line, attributes included. Browsers accept 4,096 of the name and the value. */
const MAX_LINE = 4_000;
/** Node.js accepts headers of 16 kB in total. A browser that sends more could not even sign out. */
const MAX_CHUNKS = 3;

/** The value of a session cookie, and the number of cookies that it came in. */
export interface CookieValue {
  readonly value: string;
  readonly chunks: number;
}

/**
 * The cookie of the session. A value that is too long for one cookie is split into `<name>.0`, `<name>.1` and so on; the
 * first chunk states their number. The number is sealed inside too, and chunks of different values never open together.
 */
export class SessionCookie {
  /** With its prefix. */
  readonly name: string;

  constructor(
    name: string,
    readonly attributes: CookieAttributes,
  ) {
    this.name = prefixedName(name, attributes);
  }

  /** The value in a `Cookie` header, chunks put together; undefined if there is none, or a chunk is missing. */
  read(header: string): CookieValue | undefined {
    const whole = cookieIn(header, this.name);
    if (whole !== undefined && whole !== '') {
      return { value: whole, chunks: 1 };
    }
    const first = cookieIn(header, `${this.name}.0`);
    const count = first === undefined ? 0 : first.charCodeAt(0) - 0x30;
    if (first?.[1] !== '.' || count < 2 || count > MAX_CHUNKS) {
      return undefined;
    }
    let value = first.slice(2);
    for (let i = 1; i < count; i++) {
      const chunk = cookieIn(header, `${this.name}.${String(i)}`);
      if (chunk === undefined) {
        return undefined;
      }
      value += chunk;
    }
    return { value, chunks: count };
  }

  /** Whether a `Cookie` header holds the cookie or a part of it, whatever its value. */
  isIn(header: string): boolean {
    return header.includes(this.name) && this.#namesIn(header).length > 0;
  }

  /**
   * The number of cookies that a value needs.
   *
   * @param length - of the value, in characters.
   * @throws MandateError SESSION_TOO_LARGE
   */
  chunksFor(length: number): number {
    const room = this.#roomFor(this.name);
    const chunks = length <= room ? 1 : Math.ceil((length + 2) / this.#roomFor(`${this.name}.0`));
    if (chunks > MAX_CHUNKS) {
      throw new MandateError(
        'SESSION_TOO_LARGE',
        'The tokens are too large for a cookie: browsers and servers limit them to some 12 kB. Set the option "session.store", keep fewer claims, or put fewer groups and claims into the tokens.',
      );
    }
    return chunks;
  }

  /**
   * The `Set-Cookie` lines that set a value, and delete what the browser has of an earlier, longer one.
   *
   * @param header - the `Cookie` header of the request.
   * @param maxAge - seconds.
   */
  write(value: string, maxAge: number, header: string): string[] {
    const chunks = this.#split(value);
    const stale = this.#namesIn(header).filter((name) => !chunks.some(([own]) => own === name));
    return [
      ...chunks.map(([name, part]) => setCookieLine(name, part, maxAge, this.attributes)),
      ...stale.map((name) => deleteCookieLine(name, this.attributes)),
    ];
  }

  /** The `Set-Cookie` lines that delete the cookie, and all chunks that the browser has. */
  clear(header: string): string[] {
    const names = new Set([this.name, ...this.#namesIn(header)]);
    return [...names].map((name) => deleteCookieLine(name, this.attributes));
  }

  #split(value: string): (readonly [name: string, part: string])[] {
    const count = this.chunksFor(value.length);
    if (count === 1) {
      return [[this.name, value]];
    }
    const numbered = `${String(count)}.${value}`;
    const room = this.#roomFor(`${this.name}.0`);
    return Array.from({ length: count }, (_, i) => [
      `${this.name}.${String(i)}`,
      numbered.slice(i * room, (i + 1) * room),
    ]);
  }

  /** Characters that a value may have. */
  #roomFor(name: string): number {
    // The longest age that browsers keep is 400 days.
    return MAX_LINE - setCookieLine(name, '', 34_560_000, this.attributes).length;
  }

  #namesIn(header: string): readonly string[] {
    return cookieNamesIn(header, this.name).filter((name) => /^(\.\d)?$/.test(name.slice(this.name.length)));
  }
}
