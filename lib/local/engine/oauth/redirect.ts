import type { HttpResponse } from '../../http/route.js';

/** Sends the browser to a URL, with cookies. The URL may hold a code, so nobody may keep the response or pass it on. */
export function redirectTo(location: string, cookies: readonly string[] = []): HttpResponse {
  return {
    status: 302,
    headers: {
      Location: location,
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      ...(cookies.length > 0 && { 'Set-Cookie': cookies }),
    },
  };
}
