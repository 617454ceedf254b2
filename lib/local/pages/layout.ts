import { createHash } from 'node:crypto';

import type { PageBranding } from '../model/page-branding.js';
import { type Content, Html, html } from './html.js';
import { STYLE } from './style.js';
import type { Texts } from './texts.js';

/** A page to show. */
export interface Page {
  readonly heading: string;
  readonly body: Content;
  /** Script of the page; only passkeys need one. */
  readonly script?: string;
}

/** A page as text, with the policy that allows its own style and script and nothing else. */
export interface RenderedPage {
  readonly document: string;
  /** Content-Security-Policy. */
  readonly policy: string;
}

const COLOR = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i;

/** Renders a page in a language. */
export function renderPage(
  { heading, body, script }: Page,
  { lang }: Texts,
  branding: PageBranding = {},
): RenderedPage {
  const style = STYLE + accentOf(branding);
  const document = html`<!doctype html>
    <html lang="${lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${branding.title === undefined ? heading : `${heading} · ${branding.title}`}</title>
        ${new Html(`<style>${style}</style>`)}
      </head>
      <body>
        <main>
          ${branding.logoText !== undefined && html`<p class="brand">${branding.logoText}</p>`}
          <h1>${heading}</h1>
          ${body}
        </main>
        ${script !== undefined && new Html(`<script>${script}</script>`)}
      </body>
    </html>`;
  return { document: document.markup, policy: policyOf(style, script) };
}

/** Without `form-action`: browsers apply it to the redirects after a form too, and those lead to app clients. */
function policyOf(style: string, script: string | undefined): string {
  return [
    "default-src 'none'",
    `style-src '${sourceOf(style)}'`,
    ...(script === undefined ? [] : [`script-src '${sourceOf(script)}'`]),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function sourceOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** The accent colour with the text colour that contrasts more. An invalid colour changes nothing. */
function accentOf({ color = '' }: PageBranding): string {
  const channels = COLOR.exec(color)
    ?.slice(1)
    .map((part) => Number.parseInt(part, 16));
  if (channels === undefined) {
    return '';
  }
  const text = luminance(channels) > 0.179 ? '#000' : '#fff';
  return `:root{--accent:${color};--accent-text:${text}}`;
}

/** Relative luminance (WCAG 2.2). */
function luminance([red = 0, green = 0, blue = 0]: readonly number[]): number {
  const linear = (channel: number) => {
    const value = channel / 255;
    return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}
