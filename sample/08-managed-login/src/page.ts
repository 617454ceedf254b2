import type { BrowserSession } from 'mandate/http';

/** The only page. It knows who is signed in, and never sees a token. */
export function page(session: BrowserSession | undefined): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Managed login</title>
    <link rel="stylesheet" href="/page.css">
    <script type="module" src="/page.js"></script>
  </head>
  <body>
    <main>
      <h1>Managed login</h1>
      ${session === undefined ? SIGNED_OUT : signedIn(session)}
      <p id="message" role="status"></p>
    </main>
  </body>
</html>`;
}

const SIGNED_OUT = `<p>You are not signed in.</p>
      <p><a class="button" href="/auth/login">Sign in</a></p>
      <p><a class="button" href="/auth/login?page=signup">Sign up</a></p>
      <p><a class="button" href="/auth/login?identity_provider=Google">Continue with Google</a></p>`;

function signedIn({ claims, createdAt }: BrowserSession): string {
  return `<p>Signed in as <strong>${escapeHtml(String(claims['email']))}</strong>
        since ${escapeHtml(new Date(createdAt).toLocaleTimeString('en'))}.</p>
      <p><button id="me">Who am I?</button></p>
      <p><a class="button" href="/auth/login?page=passkeys">Add a passkey</a></p>
      <p><button id="logout">Sign out</button></p>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
