import type { INestApplication } from '@nestjs/common';
import request, { type Response, type Test } from 'supertest';

export const ORIGIN = 'https://app.example.com';
export const PASSWORD = 'Correct-Horse-9';

/** What a page learns about a challenge. */
export interface ShownChallenge {
  readonly name: string;
  readonly parameters: object;
}

/** A user at a browser. It keeps cookies, which a page cannot read, and can call any instance. */
export class Browser {
  readonly cookies = new Map<string, string>();

  constructor(
    readonly username: string,
    private readonly apps: readonly INestApplication[],
  ) {}

  /** @param instance - Index of the instance to call. */
  async send(method: 'get' | 'post' | 'put' | 'delete', path: string, body?: object, instance = 0): Promise<Response> {
    const call: Test = request(this.apps[instance]?.getHttpServer())
      [method](`/auth/${path}`)
      .set({ origin: ORIGIN, 'x-mandate-csrf': '1' });
    if (this.cookies.size > 0) {
      void call.set('cookie', [...this.cookies].map((pair) => pair.join('=')).join('; '));
    }
    const response = await call.send(body);
    response.get('Set-Cookie')?.forEach((cookie) => {
      this.#keep(cookie);
    });
    return response;
  }

  async signIn(): Promise<object> {
    return outcomeOf(await this.send('post', 'authenticate', { username: this.username, password: PASSWORD }));
  }

  /** Signs in and expects a challenge. */
  async challenge(): Promise<ShownChallenge> {
    return challengeOf(await this.signIn());
  }

  /** Answers a challenge at another instance than the one that returned it. */
  async respond({ name }: ShownChallenge, answer: object): Promise<object> {
    return outcomeOf(await this.send('post', 'respond', { name, answer }, 1));
  }

  async setUpAuthenticatorApp(code: (otpauthUri: string) => string): Promise<string> {
    const { body } = await this.send('post', 'mfa/totp');
    const { otpauthUri } = body as { otpauthUri: string };
    expect((await this.send('post', 'mfa/totp/verify', { code: code(otpauthUri) })).status).toBe(204);
    return otpauthUri;
  }

  /** "Do not ask again on this device." Returns the cookie that holds its secret. */
  async remember(): Promise<string> {
    const response = await this.send('post', 'devices', { name: 'laptop' });
    expect([response.status, response.text]).toEqual([204, '']);
    return response.get('Set-Cookie')?.find((cookie) => cookie.includes('device')) ?? '';
  }

  /** The key of the remembered device. */
  async deviceKey(): Promise<string> {
    const { body } = await this.send('get', 'devices', undefined, 1);
    const device = (body as { key: string; name?: string }[]).find(({ name }) => name === 'laptop');
    expect(device).toMatchObject({ remembered: true });
    return device?.key ?? '';
  }

  #keep(setCookie: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(setCookie) ?? [];
    if (/expires=Thu, 01 Jan 1970|max-age=0/i.test(setCookie)) {
      this.cookies.delete(name);
    } else {
      this.cookies.set(name, value);
    }
  }
}

export function challengeOf(outcome: object): ShownChallenge {
  expect(outcome).toMatchObject({ status: 'CHALLENGE' });
  const { challenge } = outcome as { challenge: ShownChallenge };
  expect(Object.keys(challenge).sort()).toEqual(['name', 'parameters']);
  return challenge;
}

function outcomeOf({ status, body }: Response): object {
  expect([status, body]).toEqual([200, expect.objectContaining({ status: expect.any(String) as string })]);
  return body as object;
}
