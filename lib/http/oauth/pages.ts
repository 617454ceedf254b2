/** What no page of ours needs: scripts, pictures, frames, forms. */
export const PAGE_SECURITY_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const STYLE =
  'body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1.25rem;color:#1a1a1a;background:#fff}' +
  'a{color:#0b57d0}small{color:#555}' +
  '@media(prefers-color-scheme:dark){body{color:#eee;background:#161616}a{color:#8ab4f8}small{color:#aaa}}';

/**
 * Goes on to a page of the application. Browsers send a `Strict` cookie only to requests that an own page causes, and a
 * redirect from the callback still counts as caused by Cognito's.
 */
export function handOverPage(path: string): string {
  return refreshPage('Signed in', 'You are signed in', path);
}

/** Asks again as a page of the application, so that the browser sends its `Strict` cookie. */
export function reloadPage(url: string): string {
  return refreshPage('Signing in', 'One moment', url);
}

/** What a page says that ends a request without success. */
export interface Failure {
  readonly title: string;
  readonly text: string;
  /** Where to go from there. */
  readonly link: { readonly href: string; readonly label: string };
}

/**
 * Says that a sign-in or a logout did not succeed. Nothing of it comes from the request or from a provider.
 *
 * @param code - the code of the error.
 */
export function errorPage(code: string, { title, text, link }: Failure): string {
  return page(
    title,
    '',
    `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>` +
      `<p><a href="${escapeHtml(link.href)}">${escapeHtml(link.label)}</a></p><p><small>${escapeHtml(code)}</small></p>`,
  );
}

function refreshPage(title: string, heading: string, url: string): string {
  const target = escapeHtml(url);
  return page(
    title,
    `<meta http-equiv="refresh" content="0;url=${target}">`,
    `<h1>${heading}</h1><p><a href="${target}">Continue</a></p>`,
  );
}

function page(title: string, head: string, body: string): string {
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8">' +
    '<meta name="viewport" content="width=device-width,initial-scale=1">' +
    `<meta name="referrer" content="no-referrer">${head}<title>${title}</title><style>${STYLE}</style></head>` +
    `<body><main>${body}</main></body></html>`
  );
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
