import { readCookie } from '../../engine/oauth/cookies.js';
import { type Texts, textsIn } from '../../pages/texts.js';
import type { HttpRequest } from '../route.js';

/** The cookie that keeps the language of an earlier request's `lang`. */
export const LANGUAGE_COOKIE = 'lang';

/** The texts of a page in the browser's language: parameter `lang`, else the cookie, else Accept-Language. */
export function textsFor({ query, headers }: HttpRequest): Texts {
  const chosen = [query.get('lang'), readCookie(headers.cookie, LANGUAGE_COOKIE)];
  return textsIn([...chosen.flatMap((tag) => tag ?? []), ...acceptedLanguages(headers['accept-language'])]);
}

/** The tags of Accept-Language, the most wanted first (RFC 9110 section 12.5.4). */
function acceptedLanguages(header = ''): string[] {
  const ranges = header.split(',').map((range) => {
    const [tag = '', ...parameters] = range.split(';').map((part) => part.trim());
    const quality = parameters.find((parameter) => parameter.startsWith('q='));
    return { tag, weight: quality === undefined ? 1 : Number(quality.slice(2)) };
  });
  return ranges
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
}
