import { isObject } from '../../types/is-object.js';

type Headers = Readonly<Record<string, unknown>>;

/** The headers of an HTTP request. */
export function headersOf(request: object): Headers {
  const { headers } = request as { readonly headers?: unknown };
  return isObject(headers) ? headers : {};
}

/** Whether a browser only prepares for a click that may never come, or somebody asks for the headers alone. */
export function isPrefetch(request: object): boolean {
  const headers = headersOf(request);
  const purposes = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].map((name) => headers[name]);
  const { method } = request as { readonly method?: unknown };
  return (
    method === 'HEAD' || purposes.some((purpose) => typeof purpose === 'string' && /prefetch|preview/.test(purpose))
  );
}

/** Whether a request shows a page in its own window, as far as the browser says (Fetch Metadata). */
export function isPageNavigation(request: object): boolean {
  const { 'sec-fetch-dest': destination, 'sec-fetch-mode': mode } = headersOf(request);
  return (destination === undefined || destination === 'document') && (mode === undefined || mode === 'navigate');
}

/** Whether a plain form has sent a request, which follows redirects as a script cannot. */
export function isFormPost(request: object): boolean {
  const { 'sec-fetch-mode': mode, 'content-type': type } = headersOf(request);
  return mode === undefined
    ? typeof type === 'string' && /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)
    : mode === 'navigate';
}
