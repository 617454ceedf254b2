import { html } from '../../../lib/local/pages/html.js';
import { codeClient, type OAuthService, PASSWORD, startOAuthService } from './support/oauth-service.js';

const HOSTILE = `"'><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}\u0000`;

let service: OAuthService;

beforeAll(async () => {
  service = await startOAuthService({
    Schema: [{ Name: 'given_name', AttributeDataType: 'String', Required: true }],
    users: [{ username: 'ann', password: PASSWORD, attributes: { given_name: 'Ann', email: 'x<b>@example.com' } }],
    clients: [codeClient('web')],
  });
});

afterAll(() => service.stop());

describe('html', () => {
  it('escapes text and quoted attributes, and nothing twice', () => {
    const text = `<a href="x" title='y'>&`;
    expect(html`<p title="${text}">${[text, html`<b>${1}</b>`, false, undefined]}</p>`.markup).toBe(
      '<p title="&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;">' +
        '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;<b>1</b></p>',
    );
  });
});

describe('Hostile values', () => {
  function expectHarmless(text: string): void {
    expect(text).not.toContain('<script>alert');
    expect(text).not.toContain('<img');
    expect(text).not.toMatch(/<b>@example/);
  }

  it.each(['state', 'nonce', 'login_hint', 'lang'])('in %s stay text on every page', async (name) => {
    const browser = service.browser();
    for (const path of ['/login', '/signup', '/confirm', '/forgotPassword', '/confirmforgotPassword']) {
      const page = await browser.get(service.authorizeUrl({ [name]: HOSTILE }).replace('/oauth2/authorize', path));
      expect(page.status).toBe(200);
      expectHarmless(page.text);
    }
  });

  it.each(['/login', '/signup', '/confirm', '/forgotPassword', '/confirmforgotPassword'])(
    'in the fields of %s stay text',
    async (path) => {
      const browser = service.browser();
      const page = await browser.get(service.authorizeUrl().replace('/oauth2/authorize', path));
      const names = ['username', 'password', 'code', 'page', 'attribute-email', 'attribute-given_name'];
      const visit = await browser.submit(page, Object.fromEntries(names.map((name) => [name, HOSTILE])));
      expect(visit.status).toBe(400);
      expectHarmless(visit.text);
    },
  );

  it('in the error page, in headers and in the name of a user stay text', async () => {
    const browser = service.browser();
    const query = new URLSearchParams({ error: HOSTILE, client_id: HOSTILE, error_description: HOSTILE }).toString();
    expectHarmless((await browser.get(`/error?${query}`)).text);
    const unknown = await browser.get(service.authorizeUrl({ client_id: `x\r\nSet-Cookie: a=b` }));
    expect(unknown.location).toBe('/error?error=invalid_request&client_id=x%0D%0ASet-Cookie%3A+a%3Db');
    expect(unknown.response.headers.getSetCookie()).toEqual([]);
    const login = await browser.follow(await browser.get(service.authorizeUrl()));
    await browser.submit(login, { username: 'ann', password: PASSWORD });
    const choice = await browser.follow(await browser.get(service.authorizeUrl({ prompt: 'select_account' })));
    expect(choice.heading).toBe('Choose an account');
    expectHarmless(choice.text);
  });

  it('in state return unchanged, and cannot add a header or a parameter', async () => {
    const browser = service.browser();
    const state = 'a&code=evil#x\r\nSet-Cookie: a=b';
    const login = await browser.follow(await browser.get(service.authorizeUrl({ state })));
    const visit = await browser.submit(login, { username: 'ann', password: PASSWORD });
    const parameters = new URL(visit.location ?? '').searchParams;
    expect(parameters.getAll('state')).toEqual([state]);
    expect(parameters.getAll('code')).toHaveLength(1);
  });

  it('as cookies count as absent', async () => {
    const browser = service.browser();
    for (const name of ['cognito', 'XSRF-TOKEN', 'page-data', 'lang']) {
      browser.setCookie(name, '"><script>alert(1)</script>');
    }
    const page = await browser.follow(await browser.get(service.authorizeUrl()));
    expect([page.status, page.heading]).toEqual([200, 'Sign in']);
    expectHarmless(page.text);
    expect(browser.cookie('XSRF-TOKEN')).toMatch(/^[\da-f-]{36}$/);
  });
});

describe('Branding', () => {
  it('that is hostile changes neither markup nor style', async () => {
    const { renderPage } = await import('../../../lib/local/pages/layout.js');
    const { textsIn } = await import('../../../lib/local/pages/texts.js');
    const branding = { logoText: HOSTILE, title: HOSTILE, color: '#fff}</style><script>alert(1)</script>' };
    const { document } = renderPage({ heading: 'Sign in', body: '' }, textsIn([]), branding);
    expectHarmless(document);
    const { document: fine } = renderPage({ heading: 'Sign in', body: '' }, textsIn([]), { color: '#ffe600' });
    expect(fine).toContain('--accent:#ffe600;--accent-text:#000');

    function expectHarmless(text: string): void {
      expect(text).not.toContain('<script>alert');
      expect(text).not.toContain('<img');
    }
  });
});
