import { createHash } from 'node:crypto';

import { SEARCHABLE_ATTRIBUTES } from '../../model/user-index.js';
import { Html, html } from '../html.js';
import type { RenderedPage } from '../layout.js';
import { OVERVIEW_STYLE } from './overview-style.js';

/** Path of the script of the page. */
export const OVERVIEW_SCRIPT_PATH = '/__local/overview.js';

const SECTIONS = [
  ['pool', 'Pool'],
  ['users', 'Users'],
  ['groups', 'Groups'],
  ['sign-ins', 'Sign-ins'],
  ['outbox', 'Outbox'],
  ['tests', 'Clock and faults'],
] as const;

/** What the page searches by. */
const SEARCHABLE = ['username', ...SEARCHABLE_ATTRIBUTES];

/**
 * The page at `/`. Its script, which fills it, is another file.
 *
 * @param nonce - new for each answer: only the script that has it runs.
 */
export function overviewPage(endpoint: string, nonce: string): RenderedPage {
  const document = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <link rel="icon" href="data:," />
        <title>Embedded Cognito</title>
        ${new Html(`<style>${OVERVIEW_STYLE}</style>`)}
        <script type="module" nonce="${nonce}" src="${OVERVIEW_SCRIPT_PATH}"></script>
      </head>
      <body>
        <header>
          <div class="top">
            <h1>Embedded Cognito</h1>
            <code>${endpoint}</code>
            <div id="pools">
              <label for="pool-choice">User pool</label
              ><select id="pool-choice"></select>
            </div>
          </div>
          <nav aria-label="Sections">
            <ul>
              ${SECTIONS.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}
            </ul>
          </nav>
          <p class="state muted" id="connection">Loading</p>
          <p class="state" id="status" role="status"></p>
          <p id="no-pool" hidden>There is no user pool yet. Create one with the operation CreateUserPool.</p>
          <noscript
            ><p>This page needs JavaScript. The same is at <code>${endpoint}/__local/pools</code> as JSON.</p></noscript
          >
        </header>
        <main>
          ${section(
            'pool',
            html`<dl id="pool-facts"></dl>
              <h3>App clients</h3>
              ${list('clients', 'No app client.')}`,
          )}
          ${section(
            'users',
            html`<form id="search">
                <div>
                  <label for="search-by">Search by</label>
                  <select id="search-by">
                    ${SEARCHABLE.map((name) => html`<option>${name}</option>`)}
                  </select>
                </div>
                <div><label for="search-text">Begins with</label><input id="search-text" type="search" /></div>
                <button class="main">Search</button>
              </form>
              ${list('user-list', 'No user.')}
              <div class="actions">
                <button type="button" id="first-users" hidden>First page</button>
                <button type="button" id="more-users" hidden>Next page</button>
              </div>`,
          )}
          ${section('groups', list('group-list', 'No group.'))}
          ${section('sign-ins', list('sign-in-list', 'No sign-in.'))}
          ${section(
            'outbox',
            html`${list('message-list', 'No message yet.')}
              <div class="actions">
                <button type="button" class="danger" id="empty-outbox">Empty the outbox</button>
              </div>`,
          )}
          ${section('tests', tests())}
        </main>
      </body>
    </html>`;
  return { document: document.markup, policy: policyOf(nonce) };
}

function section(id: string, content: Html): Html {
  const title = SECTIONS.find(([name]) => name === id)?.[1] ?? '';
  return html`<section id="${id}" aria-labelledby="${id}-heading" hidden>
    <h2 id="${id}-heading" tabindex="-1">${title}</h2>
    ${content}
  </section>`;
}

function list(id: string, empty: string): Html {
  return html`<p class="muted" id="${id}-empty">${empty}</p>
    <ul class="rows" id="${id}" hidden></ul>`;
}

function tests(): Html {
  return html`<h3>Clock</h3>
    <p>It is <time id="time"></time> here. Tokens, codes and sessions expire by this clock.</p>
    <form id="forward">
      <div><label for="amount">Forward by</label><input id="amount" type="number" min="1" value="1" required /></div>
      <div>
        <label for="unit">Unit</label>
        <select id="unit">
          <option value="60000">minutes</option>
          <option value="3600000" selected>hours</option>
          <option value="86400000">days</option>
        </select>
      </div>
      <button class="main">Set the clock forward</button>
    </form>
    <h3>Faults</h3>
    <form id="fault">
      <div>
        <label for="operation">Operation</label>
        <input id="operation" value="*" required autocomplete="off" spellcheck="false" />
      </div>
      <div>
        <label for="kind">What happens</label>
        <select id="kind">
          <option value="status">An HTTP status</option>
          <option value="throttle">Too many requests</option>
          <option value="reset">The connection is lost</option>
          <option value="delay">A delay</option>
        </select>
      </div>
      <div><label for="value">Status or milliseconds</label><input id="value" type="number" min="0" value="500" /></div>
      <div><label for="times">Times</label><input id="times" type="number" min="1" value="1" /></div>
      <button class="main">Add the fault</button>
    </form>
    ${list('fault-list', 'No fault.')}
    <h3>Reset</h3>
    <p>Deletes what was added since the start, and puts the pools of the configuration back.</p>
    <button type="button" class="danger" id="reset">Reset everything</button>`;
}

function policyOf(nonce: string): string {
  const style = createHash('sha256').update(OVERVIEW_STYLE).digest('base64');
  return [
    "default-src 'none'",
    `style-src 'sha256-${style}'`,
    `script-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
