import type { FederatedAttempt } from '../../engine/federation/federated-attempts.js';
import type { IdentityProvider } from '../../model/identity-provider.js';
import type { User } from '../../model/user.js';

/** What the page shows. */
export interface IdentityPage {
  readonly provider: IdentityProvider;
  readonly attempt: FederatedAttempt;
  /** Fields of a form that was refused. */
  readonly typed: URLSearchParams;
  /** Why it was refused. */
  readonly problem?: string;
}

/** Known people beyond these are not listed. */
const MAX_PEOPLE = 10;

const STYLE = `
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; background: #f2f3f5; color: #1a1c20; }
main { max-width: 26rem; margin: 2rem auto; padding: 1.5rem; background: #fff; border-radius: .5rem; }
label { display: block; margin-top: 1rem; }
input:not([type=checkbox]), textarea { box-sizing: border-box; width: 100%; padding: .5rem; font: inherit; border: 1px solid #6b7280; border-radius: .25rem; }
button { font: inherit; padding: .6rem 1rem; margin: 1rem .5rem 0 0; border: 1px solid #1d4ed8; border-radius: .25rem; background: #fff; color: #1d4ed8; cursor: pointer; }
button.main { background: #1d4ed8; color: #fff; }
:focus-visible { outline: 3px solid #93c5fd; outline-offset: 2px; }
.hint { color: #4b5563; font-size: .875rem; margin: .25rem 0 0; }
.problem { border-left: .25rem solid #b91c1c; padding-left: .75rem; }
@media (prefers-color-scheme: dark) {
  body { background: #111317; color: #e5e7eb; }
  main { background: #1c1f26; }
  input:not([type=checkbox]), textarea { background: #111317; color: inherit; }
  button { background: transparent; color: #93c5fd; border-color: #93c5fd; }
  .hint { color: #9ca3af; }
}`;

/** The page on which a person chooses who the provider says that they are. */
export function identityPage(page: IdentityPage): string {
  const { provider, attempt, typed, problem } = page;
  const name = escapeHtml(provider.name);
  const field = (key: string, fallback = '') => escapeHtml(typed.get(key) ?? fallback);
  const isVerified = typed.size === 0 || typed.has('email_verified');
  return layout(
    `Sign in with ${name}`,
    `<h1>Sign in as …</h1>
<p>The embedded Cognito plays <strong>${name}</strong> here. Choose who it says you are.</p>
${problem === undefined ? '' : `<p class="problem" role="alert">${escapeHtml(problem)}</p>`}
${peopleOf(page)}
<form method="post">
<label for="email">E-mail address</label>
<input id="email" name="email" type="email" autocomplete="email" value="${field('email', attempt.request.loginHint)}">
<label><input name="email_verified" type="checkbox" value="true"${isVerified ? ' checked' : ''}> The address is verified</label>
<label for="name">Name</label>
<input id="name" name="name" autocomplete="name" value="${field('name')}">
<label for="sub">Identifier</label>
<input id="sub" name="sub" autocomplete="off" aria-describedby="sub-hint" value="${field('sub')}">
<p class="hint" id="sub-hint">Left empty, the same address always gets the same one.</p>
<label for="groups">Groups</label>
<input id="groups" name="groups" autocomplete="off" aria-describedby="groups-hint" value="${field('groups')}">
<p class="hint" id="groups-hint">Separated by commas.</p>
<label for="claims">Further claims</label>
<textarea id="claims" name="claims" rows="2" autocomplete="off" aria-describedby="claims-hint">${field('claims')}</textarea>
<p class="hint" id="claims-hint">A JSON object, such as {"locale": "de"}.</p>
<button class="main" name="outcome" value="allow">Sign in</button>
<button name="outcome" value="deny" formnovalidate>Deny</button>
<details><summary>Let ${name} fail</summary>
<button name="outcome" value="refuse" formnovalidate>Answer with an error</button>
<button name="outcome" value="timeout" formnovalidate>Do not answer in time</button>
</details>
</form>`,
  );
}

/** The page for a sign-in that is over, or was never begun. */
export function endedPage(): string {
  return layout(
    'Sign-in ended',
    '<h1>This sign-in has ended</h1><p>It was completed, or more than five minutes have passed. Go back to the application and sign in again.</p>',
  );
}

/** The people who have signed in through the provider, each with a button. */
function peopleOf({ provider, attempt }: IdentityPage): string {
  const people = attempt.request.pool.users
    .all()
    .flatMap((user) => personOf(user, provider) ?? [])
    .slice(-MAX_PEOPLE);
  return people.length === 0
    ? ''
    : `<section aria-label="People who have signed in before">${people.join('')}</section>`;
}

function personOf({ identities = [], attributes }: User, provider: IdentityProvider): string | undefined {
  const identity = identities.find(
    ({ providerName, attributeName }) => providerName === provider.name && attributeName === 'Cognito_Subject',
  );
  if (identity === undefined) {
    return undefined;
  }
  const { email = '', name = '' } = attributes;
  const hidden = (key: string, value: string) => `<input type="hidden" name="${key}" value="${escapeHtml(value)}">`;
  return `<form method="post">${hidden('sub', identity.value)}${hidden('email', email)}${hidden('name', name)}${
    attributes['email_verified'] === 'true' ? hidden('email_verified', 'true') : ''
  }<button name="outcome" value="allow">${escapeHtml(name || email || identity.value)}</button></form>`;
}

function layout(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body><main>
${content}
</main></body>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
