import { join } from 'node:path';

import type { INestApplication } from '@nestjs/common';

import { CognitoService, MandateModule, type TokenSet } from '../../lib/index.js';
import { LocalCognito } from '../../lib/local/local-cognito.js';
import { signingKeysPem } from '../local/signing-keys.js';
import { StartedProgram } from '../package/started-program.js';
import { describeWithRedis, RedisServer } from '../support/redis-server.js';
import { startApp } from './support/http-apps.js';

const ACCEPTED = '200';
const REVOKED = '401 TOKEN_REVOKED';
const UNKNOWN = '503 REVOCATION_CHECK_FAILED';
const PASSWORD = 'Correct-Horse-9';
const ROOT = join(__dirname, '../..');
const PROGRAM = join(__dirname, 'support/revocation-process.ts');

/** An instance of the application in a process of its own. */
class Process {
  private constructor(
    private readonly program: StartedProgram,
    private readonly origin: string,
  ) {}

  static async start(environment: Record<string, string>): Promise<Process> {
    const args = ['--import', '@swc-node/register/esm-register', PROGRAM];
    const program = new StartedProgram(ROOT, environment, process.execPath, ...args);
    await program.untilPrinted(/listening on \d+/);
    return new Process(program, `http://127.0.0.1:${/listening on (\d+)/.exec(program.printed)?.[1] ?? ''}`);
  }

  async me(token: string): Promise<string> {
    return this.send('GET', '/me', token);
  }

  async logout(token: string): Promise<string> {
    return this.send('POST', '/logout', token);
  }

  async revoke({ refreshToken, accessToken }: TokenSet): Promise<string> {
    return this.send('POST', '/revoke', undefined, { refreshToken, accessToken });
  }

  async stop(): Promise<number | null> {
    this.program.interrupt();
    return this.program.untilEnded();
  }

  private async send(method: string, path: string, token?: string, body?: object): Promise<string> {
    const response = await fetch(`${this.origin}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const { code } = (await response.json()) as { code?: string };
    return code === undefined ? String(response.status) : `${String(response.status)} ${code}`;
  }
}

describeWithRedis('revocation over two processes and a real Redis', () => {
  const started: { stop(): Promise<unknown> }[] = [];
  let redis: RedisServer;
  let cognito: LocalCognito;
  let app: INestApplication;
  let one: Process;
  let two: Process;
  let users = 0;

  /** Signs somebody new in, with an application that has nothing to do with the processes. */
  const signIn = async (): Promise<TokenSet> => {
    users += 1;
    const username = `user-${String(users)}`;
    cognito.pool().createUser({ username, password: PASSWORD });
    const outcome = await app.get(CognitoService).authenticate({ username, password: PASSWORD });
    if (outcome.status !== 'AUTHENTICATED') {
      throw new Error('Expected tokens.');
    }
    return outcome.tokens;
  };
  const both = async (token: string) => Promise.all([one.me(token), two.me(token)]);
  /** Asks until the answer is there: connections come back in their own time. */
  const untilBoth = async (token: string, verdict: string) => {
    let verdicts = await both(token);
    while (verdicts.some((found) => found !== verdict)) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      verdicts = await both(token);
    }
    expect(verdicts).toEqual([verdict, verdict]);
  };

  beforeAll(async () => {
    started.push(
      (redis = await RedisServer.start()),
      (cognito = await LocalCognito.start({ pools: [{ name: 'default', keys: signingKeysPem() }] })),
    );
    const pool = cognito.pool().moduleOptions();
    app = await startApp('express', { imports: [MandateModule.forRoot(pool)] });
    started.push({ stop: async () => app.close() });
    const environment = { POOL: JSON.stringify(pool), REDIS_URL: redis.url };
    started.push((one = await Process.start(environment)), (two = await Process.start(environment)));
  }, 60_000);

  afterAll(async () => {
    // In whatever state the tests left: what runs on would keep this process from ending.
    const ends = await Promise.all(started.reverse().map(async (each) => each.stop()));
    expect(ends.filter((exitCode) => typeof exitCode === 'number')).toEqual([0, 0]);
  });

  it('refuses on the second process what was logged out on the first, with the very next request', async () => {
    const { accessToken } = await signIn();
    const bystander = await signIn();
    expect(await both(accessToken)).toEqual([ACCEPTED, ACCEPTED]);
    expect(await one.logout(accessToken)).toBe('200');
    expect(await two.me(accessToken)).toBe(REVOKED);
    expect(await one.me(accessToken)).toBe(REVOKED);
    expect(await both(bystander.accessToken)).toEqual([ACCEPTED, ACCEPTED]);
  });

  it('refuses everywhere what was revoked by its refresh token', async () => {
    const tokens = await signIn();
    expect(await both(tokens.accessToken)).toEqual([ACCEPTED, ACCEPTED]);
    expect(await two.revoke(tokens)).toBe('200');
    expect(await both(tokens.accessToken)).toEqual([REVOKED, REVOKED]);
  });

  it('refuses with 503 while Redis does not answer, and goes on when it does', async () => {
    const { accessToken } = await signIn();
    expect(await both(accessToken)).toEqual([ACCEPTED, ACCEPTED]);
    redis.freeze();
    try {
      expect(await both(accessToken)).toEqual([UNKNOWN, UNKNOWN]);
    } finally {
      redis.thaw();
    }
    await untilBoth(accessToken, ACCEPTED);
  });

  it('refuses with 503 while Redis is down, and goes on when it is back', async () => {
    const { accessToken } = await signIn();
    expect(await both(accessToken)).toEqual([ACCEPTED, ACCEPTED]);
    await redis.stop();
    await untilBoth(accessToken, UNKNOWN);
    expect(await one.logout(accessToken)).toBe(UNKNOWN);
    await redis.start();
    await untilBoth(accessToken, ACCEPTED);
    expect(await one.logout(accessToken)).toBe('200');
    expect(await two.me(accessToken)).toBe(REVOKED);
  });
});
