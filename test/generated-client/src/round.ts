import assert from 'node:assert/strict';

/** Of the application under test: what the user sees outside of the browser. */
export const [origin = ''] = process.argv.slice(2);

/** The code that was sent last to an address. */
export async function mailedTo(address: string): Promise<string> {
  return text(`/test/mail?to=${encodeURIComponent(address)}`);
}

/** The next code that an authenticator app shows. */
export async function shownBy(secret: string): Promise<string> {
  return text(`/test/authenticator?secret=${secret}`);
}

async function text(path: string): Promise<string> {
  return (await fetch(origin + path)).text();
}

/** The body of a success. */
export function taken<Body>(result: {
  readonly data?: Body;
  readonly error?: unknown;
  readonly response: Response;
}): Exclude<Body, undefined> {
  assert(result.response.ok, `${result.response.url}: ${JSON.stringify(result.error)}`);
  return result.data as Exclude<Body, undefined>;
}
