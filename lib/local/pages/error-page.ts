import { html } from './html.js';
import type { Page } from './layout.js';
import type { Texts } from './texts.js';

/** `/error`: a fault that no redirect URI may learn about. */
export function errorPage(texts: Texts, error: string): Page {
  const text = error === 'redirect_mismatch' ? texts.errorRedirect : texts.errorRequest;
  return { heading: texts.error, body: html`<p role="alert">${text}</p>` };
}
