/** A browser without JavaScript: it keeps cookies, and follows a redirect only when told to. */
export class CookieBrowser {
  private readonly cookies = new Map<string, string>();

  constructor(readonly origin: string) {}

  /** The value of a cookie. */
  cookie(name: string): string | undefined {
    return this.cookies.get(name);
  }

  /** Sets or, without a value, deletes a cookie. */
  setCookie(name: string, value?: string): void {
    if (value === undefined) {
      this.cookies.delete(name);
    } else {
      this.cookies.set(name, value);
    }
  }

  /** Requests a URL or a path. */
  async get(url: string, headers: Record<string, string> = {}): Promise<Visit> {
    return this.visit(url, { headers });
  }

  /** Sends a form, with the hidden fields of the page. */
  async submit(page: Visit, fields: Record<string, string>, formIndex = 0): Promise<Visit> {
    const form = page.forms[formIndex];
    if (form === undefined) {
      throw new Error(`${page.url} has no form ${formIndex}: ${page.text}`);
    }
    const body = new URLSearchParams({ ...form.hidden, ...fields }).toString();
    return this.post(form.action, body);
  }

  /** Sends a body as a form. */
  async post(url: string, body: string, headers: Record<string, string> = {}): Promise<Visit> {
    return this.visit(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });
  }

  /** Follows redirects within the server, up to a page or a redirect elsewhere. */
  async follow(visit: Visit): Promise<Visit> {
    const { location } = visit;
    return location?.startsWith('/') || location?.startsWith(`${this.origin}/`)
      ? this.follow(await this.get(location))
      : visit;
  }

  private async visit(url: string, init: RequestInit): Promise<Visit> {
    const target = new URL(url, this.origin).toString();
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(cookie !== '' && { cookie }), ...(init.headers as Record<string, string>) };
    const response = await fetch(target, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      this.keep(line);
    }
    return new Visit(target, response, await response.text());
  }

  private keep(line: string): void {
    const [pair = '', ...attributes] = line.split('; ');
    const [name = '', value = ''] = pair.split(/=(.*)/s);
    this.setCookie(name, attributes.includes('Max-Age=0') ? undefined : value);
  }
}

/** A form of a page. */
export interface Form {
  readonly action: string;
  readonly hidden: Record<string, string>;
  readonly markup: string;
}

/** A response. */
export class Visit {
  constructor(
    readonly url: string,
    readonly response: Response,
    readonly text: string,
  ) {}

  get status(): number {
    return this.response.status;
  }

  get location(): string | undefined {
    return this.response.headers.get('location') ?? undefined;
  }

  /** The parameters of a redirect, of its query and its fragment. */
  get callback(): Record<string, string> {
    const { search, hash } = new URL(this.location ?? '', 'http://none');
    return Object.fromEntries([...new URLSearchParams(search), ...new URLSearchParams(hash.slice(1))]);
  }

  /** The text of the heading. */
  get heading(): string {
    return plainText(/<h1[^>]*>(.*?)<\/h1>/s.exec(this.text)?.[1] ?? '');
  }

  /** The text of the error message. */
  get alert(): string {
    return plainText(/role="alert"[^>]*>(.*?)<\//s.exec(this.text)?.[1] ?? '');
  }

  get forms(): Form[] {
    return [...this.text.matchAll(/<form[^>]*action="([^"]*)"[^>]*>(.*?)<\/form>/gs)].map(
      ([, action = '', markup = '']) => ({
        action: plainText(action),
        markup,
        hidden: Object.fromEntries(
          [...markup.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(
            ([, name = '', value = '']) => [name, plainText(value)],
          ),
        ),
      }),
    );
  }

  /** The targets of links, by their text. */
  get links(): Record<string, string> {
    return Object.fromEntries(
      [...this.text.matchAll(/<a[^>]*href="([^"]*)"[^>]*>(.*?)<\/a>/gs)].map(([, href = '', text = '']) => [
        plainText(text),
        plainText(href),
      ]),
    );
  }
}

function plainText(markup: string): string {
  return markup
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
