import type { INestApplication } from '@nestjs/common';
import type { AuthenticationOutcome, Challenge, NewDevice, SoftwareTokenSetup } from 'mandate';
import request, { type Test } from 'supertest';

export const PASSWORD = 'Correct-Horse-9';

/** A user at a browser. It keeps cookies and the access token, and can call any instance. */
export class Browser {
  cookie: string | undefined;
  accessToken = '';
  newDevice: NewDevice | undefined;

  constructor(
    readonly username: string,
    private readonly apps: readonly INestApplication[],
  ) {}

  /** @param instance - Index of the instance to call. */
  send(method: 'get' | 'post' | 'put' | 'delete', path: string, body?: object, instance = 0): Test {
    const call = request(this.apps[instance]?.getHttpServer())[method](path);
    if (this.accessToken !== '') {
      void call.set('authorization', `Bearer ${this.accessToken}`);
    }
    if (this.cookie !== undefined) {
      void call.set('cookie', this.cookie);
    }
    return call.send(body);
  }

  async signIn(): Promise<AuthenticationOutcome> {
    return this.#remember(
      await this.send('post', '/auth/authenticate', { username: this.username, password: PASSWORD }),
    );
  }

  /** Signs in and expects a challenge. */
  async challenge(): Promise<Challenge> {
    return challengeOf(await this.signIn());
  }

  /** Answers a challenge at another instance than the one that returned it. */
  async respond(challenge: Challenge, answer: object): Promise<AuthenticationOutcome> {
    return this.#remember(await this.send('post', '/auth/respond', { challenge, answer }, 1));
  }

  async setUpAuthenticatorApp(code: (otpauthUri: string) => string): Promise<string> {
    const { body } = await this.send('post', '/mfa/software-token').expect(201);
    const { otpauthUri } = body as SoftwareTokenSetup;
    await this.send('post', '/mfa/software-token/verify', { code: code(otpauthUri) }).expect(204);
    return otpauthUri;
  }

  /** "Do not ask again on this device." */
  async remember(): Promise<string> {
    const response = await this.send('post', '/devices', { newDevice: this.newDevice, name: 'laptop' }).expect(204);
    const [cookie = ''] = response.get('Set-Cookie') ?? [];
    this.cookie = cookie.split(';')[0];
    return cookie;
  }

  #remember({ status, body }: { status: number; body: unknown }): AuthenticationOutcome {
    expect([status, body]).toEqual([200, expect.objectContaining({ status: expect.any(String) as string })]);
    const outcome = body as AuthenticationOutcome;
    if (outcome.status === 'AUTHENTICATED') {
      this.accessToken = outcome.tokens.accessToken;
      this.newDevice = outcome.newDevice;
    }
    return outcome;
  }
}

export function challengeOf(outcome: AuthenticationOutcome): Challenge {
  if (outcome.status !== 'CHALLENGE') {
    throw new Error('Expected a challenge.');
  }
  return outcome.challenge;
}
