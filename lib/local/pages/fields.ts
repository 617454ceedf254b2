import { type Content, type Html, html } from './html.js';
import type { Outcome, PageContext } from './page-context.js';

/** An input with its label. */
export interface Field {
  readonly name: string;
  readonly label: string;
  /** Default: `text`. */
  readonly type?: 'text' | 'password' | 'email' | 'tel';
  /** What a browser may fill in (HTML standard, section 4.10.18.7). */
  readonly autocomplete: string;
  readonly value?: string | undefined;
  readonly hint?: string | undefined;
  /** `numeric` shows a phone's number keys. */
  readonly inputMode?: 'numeric';
  /** Whether the page starts with this input. */
  readonly autofocus?: boolean | undefined;
  /** Default: true. */
  readonly required?: boolean;
}

/** A form that posts to a page of managed login. It carries the authorization request and the CSRF token. */
export function form({ query, csrf }: PageContext, path: string, body: Content): Html {
  return html`<form method="post" action="${path}?${query}">
    <input type="hidden" name="_csrf" value="${csrf}" />
    ${body}
  </form>`;
}

/** An input with its label. */
export function field({ name, label, type = 'text', autocomplete, value, hint, ...more }: Field): Html {
  const { inputMode, autofocus = false, required = true } = more;
  const hintId = `${name}-hint`;
  return html`<label for="${name}">${label}</label>
    <input
      id="${name}"
      name="${name}"
      type="${type}"
      autocomplete="${autocomplete}"
      ${value !== undefined && html`value="${value}"`}
      ${inputMode !== undefined && html`inputmode="${inputMode}"`}
      ${hint !== undefined && html`aria-describedby="${hintId}"`}
      ${required && html`required`}
      ${autofocus && html`autofocus`}
      ${autocomplete === 'username' && html`autocapitalize="none" spellcheck="false"`}
    />
    ${hint !== undefined && html`<p class="hint" id="${hintId}">${hint}</p>`}`;
}

/** An input for a code from a message or an authenticator app. */
export function codeField(label: string): Html {
  return field({ name: 'code', label, autocomplete: 'one-time-code', inputMode: 'numeric', autofocus: true });
}

/** The button that sends the form. */
export function submit(label: string, name?: string, value = '1'): Html {
  return name === undefined
    ? html`<button type="submit">${label}</button>`
    : html`<button type="submit" name="${name}" value="${value}">${label}</button>`;
}

/** A message that screen readers announce: an error, or the result of the last form. */
export function announcement({ error, note }: Outcome): Html {
  return html`${error !== undefined && html`<p class="alert" role="alert">${error}</p>`}
  ${note !== undefined && html`<p class="note" role="status">${note}</p>`}`;
}

/** A link to another page of the same authorization request. */
export function link({ query }: PageContext, path: string, label: string): Html {
  return html`<a href="${path}?${query}">${label}</a>`;
}

/** One of several values to choose from. */
export function choice(name: string, value: string, label: string, checked: boolean): Html {
  return html`<label class="choice">
    <input type="radio" name="${name}" value="${value}" required ${checked && html`checked`} />
    <span>${label}</span>
  </label>`;
}
