/* global fetch */

/** Tokens of the signed-in user, in memory only. */
let tokens;

export function useTokens(next) {
  tokens = next;
}

export function signIn(username, preferredChallenge) {
  return request('POST', '/auth/sign-in', { username, preferredChallenge });
}

/** Calls the application. Returns the JSON of the response, if there is any. */
export async function request(method, path, body) {
  const response = await fetch(path, {
    method,
    headers: {
      ...(body && { 'content-type': 'application/json' }),
      ...(tokens && { authorization: `Bearer ${tokens.accessToken}` }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const answer = text === '' ? undefined : JSON.parse(text);
  if (!response.ok) {
    throw new Error([answer?.message ?? response.statusText].flat().join(' '));
  }
  return answer;
}
