import { cookieIn } from '../../../lib/http/session/cookie-header.js';
import { SessionCookie } from '../../../lib/http/session/session-cookie.js';

const cookie = new SessionCookie('mandate', { sameSite: 'strict', secure: true, httpOnly: true });
const NAME = '__Host-Http-mandate';

/** What a browser sends after it has received the lines, as RFC 6265 says. */
function browser(jar: Map<string, string>, lines: readonly string[]): string {
  for (const line of lines) {
    const [pair = '', ...attributes] = line.split('; ');
    const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
    if (attributes.includes('Max-Age=0')) {
      jar.delete(name);
    } else {
      jar.set(name, value);
    }
  }
  return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
}

describe('SessionCookie', () => {
  it('sets one cookie with every attribute', () => {
    expect(cookie.write('value', 60, '')).toEqual([
      `${NAME}=value; Path=/; Max-Age=60; Secure; HttpOnly; SameSite=Strict`,
    ]);
  });

  it('deletes with the same attributes', () => {
    expect(cookie.clear('')).toEqual([`${NAME}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict`]);
  });

  it('has neither prefix nor Secure on http://localhost', () => {
    const insecure = new SessionCookie('mandate', { sameSite: 'lax', secure: false, httpOnly: true });
    expect(insecure.write('value', 60, '')).toEqual(['mandate=value; Path=/; Max-Age=60; HttpOnly; SameSite=Lax']);
  });

  it.each([10, 3_500, 3_909, 3_910, 3_911, 4_000, 7_800, 7_815, 7_820, 11_000])(
    'reads back a value of %d characters from lines of at most 4,000 bytes',
    (length) => {
      const value = Array.from({ length }, (_, i) => String(i % 10)).join('');
      const lines = cookie.write(value, 34_560_000, '');
      expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(4_000);
      const header = browser(new Map([['theme', 'dark']]), lines);
      expect(cookie.read(header)).toEqual({ value, chunks: lines.length });
      expect(cookie.chunksFor(length)).toBe(lines.length);
    },
  );

  it('refuses what no server would accept, and says what to do', () => {
    expect(() => cookie.chunksFor(12_000)).toThrow(/"session.store"/);
  });

  it('deletes the chunks of a longer value, and the whole one of a shorter value', () => {
    const jar = new Map<string, string>();
    let header = browser(jar, cookie.write('a'.repeat(9_000), 60, ''));
    expect([...jar.keys()]).toEqual([`${NAME}.0`, `${NAME}.1`, `${NAME}.2`]);
    header = browser(jar, cookie.write('b'.repeat(5_000), 60, header));
    expect([...jar.keys()]).toEqual([`${NAME}.0`, `${NAME}.1`]);
    header = browser(jar, cookie.write('c', 60, header));
    expect([...jar.keys()]).toEqual([NAME]);
    header = browser(jar, cookie.write('d'.repeat(5_000), 60, header));
    expect([...jar.keys()]).toEqual([`${NAME}.0`, `${NAME}.1`]);
    header = browser(jar, cookie.clear(header));
    expect(header).toBe('');
  });

  it('does not read past the number of chunks, whatever else there is', () => {
    const value = 'a'.repeat(5_000);
    const header = browser(new Map(), cookie.write(value, 60, ''));
    expect(cookie.read(`${header}; ${NAME}.2=left-over`)).toEqual({ value, chunks: 2 });
  });

  it.each([
    ['no chunk', `theme=dark`],
    ['a missing chunk', `${NAME}.0=2.aaa`],
    ['no first chunk', `${NAME}.1=aaa`],
    ['no number', `${NAME}.0=aaa; ${NAME}.1=aaa`],
    ['one chunk', `${NAME}.0=1.aaa`],
    ['too many chunks', `${NAME}.0=9.aaa; ${NAME}.1=aaa`],
    ['an empty value', `${NAME}=`],
    ['the cookie of another pool', `${NAME}-staff=aaa`],
    ['a name that only ends like it', `x${NAME}=aaa`],
  ])('reads nothing from %s', (_, header) => {
    expect(cookie.read(header)).toBeUndefined();
  });

  it('reads nothing out of the value of a cookie that a sibling domain may have set', () => {
    expect(cookie.read(`other=x ${NAME}=planted; ${NAME}=own`)).toEqual({ value: 'own', chunks: 1 });
    expect(cookie.read(`other=x ${NAME}.0=2.a ${NAME}.1=b`)).toBeUndefined();
    // Some servers trim what the prefix of the name was not checked with.
    expect(cookie.isIn(`\u00a0${NAME}=planted`)).toBe(false);
  });

  it('leaves cookies of other pools alone', () => {
    expect(cookie.clear(`${NAME}-staff=x; ${NAME}.0=x; ${NAME}.csrf=x`)).toHaveLength(2);
    expect(cookie.isIn(`${NAME}-staff=x`)).toBe(false);
    expect(cookie.isIn(`a=b; ${NAME}.1=x`)).toBe(true);
  });
});

describe('cookieIn', () => {
  it.each([
    ['a=1', '1'],
    ['b=2; a=1', '1'],
    ['b=2;a=1;c=3', '1'],
    ['b=a=2; a=1', '1'],
    ['a=1; a=2', '1'],
    ['aa=2; a=', ''],
    ['aa=2', undefined],
    ['b=2 a=1', undefined],
    ['b= a=2; a=1', '1'],
    ['b=2;  a=1', '1'],
    ['b=2;\ta=1', '1'],
    [' a=1', '1'],
    ['\u00a0a=1', undefined],
    ['', undefined],
  ])('finds it in "%s"', (header, value) => {
    expect(cookieIn(header, 'a')).toBe(value);
  });
});
