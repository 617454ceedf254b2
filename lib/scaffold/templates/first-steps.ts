import type { ApiKind } from '../scaffold-options.js';

const ORIGIN = 'http://localhost:3000';
/** The file that curl keeps the cookie of the sign-in in. */
const COOKIE_JAR = 'cookies.txt';

/** Commands that sign a first user up and in, for the routes of the kind; none for an application without routes. */
export function firstSteps(api: ApiKind): string[] {
  if (api === 'none') {
    return [];
  }
  const isCookie = api === 'cookie';
  // What a page of the application sends.
  const own = isCookie ? ` -H 'origin: ${ORIGIN}' -H 'x-mandate-csrf: 1'` : '';
  const post = (route: string, body: object): string =>
    `curl ${ORIGIN}/auth/${route} -H 'content-type: application/json'${own} -d '${JSON.stringify(body)}'`;
  const bob = { username: 'bob', password: 'Correct-Horse-9' };
  return [
    post('register', { ...bob, attributes: { email: 'bob@example.com' } }),
    post('confirm', { username: 'bob', code: '<code>' }),
    post('authenticate', bob) + (isCookie ? ` -c ${COOKIE_JAR}` : ''),
    `curl ${ORIGIN}/me ${isCookie ? `-b ${COOKIE_JAR}` : "-H 'authorization: Bearer <accessToken>'"}`,
  ];
}
