import { Controller, Get, type INestApplication, UseGuards } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';

import {
  CognitoAdminService,
  CognitoAuthGuard,
  CognitoExceptionFilter,
  CognitoService,
  CurrentUser,
  getTokenRevokerToken,
  MandateModule,
  type MandateModuleOptions,
  type TokenRevoker,
  type TokenSet,
} from '../../../lib/index.js';
import { LocalCognito } from '../../../lib/local/local-cognito.js';
import { signingKeysPem } from '../../local/signing-keys.js';
import { TestClock } from '../../tokens/support/test-issuer.js';
import { startApp } from './http-apps.js';

export const PASSWORD = 'Correct-Horse-9';

@Controller()
@UseGuards(CognitoAuthGuard)
class MeController {
  @Get('me')
  me(@CurrentUser('sub') sub: string): { sub: string } {
    return { sub };
  }
}

/** What a guarded route answered: `200`, or the status and the code of the refusal. */
export type Verdict = string;

/** One running instance of an application. */
export class Instance {
  private constructor(private readonly app: INestApplication) {}

  static async start(options: MandateModuleOptions): Promise<Instance> {
    return new Instance(
      await startApp('express', {
        imports: [MandateModule.forRoot(options)],
        controllers: [MeController],
        providers: [{ provide: APP_FILTER, useClass: CognitoExceptionFilter }],
      }),
    );
  }

  get cognito(): CognitoService {
    return this.app.get(CognitoService);
  }

  get admin(): CognitoAdminService {
    return this.app.get(CognitoAdminService);
  }

  get marks(): TokenRevoker {
    return this.app.get<TokenRevoker>(getTokenRevokerToken());
  }

  async signIn(username: string): Promise<TokenSet & { refreshToken: string }> {
    const outcome = await this.cognito.authenticate({ username, password: PASSWORD });
    if (outcome.status !== 'AUTHENTICATED' || outcome.tokens.refreshToken === undefined) {
      throw new Error('Expected tokens.');
    }
    return { ...outcome.tokens, refreshToken: outcome.tokens.refreshToken };
  }

  /** Asks the guarded route over HTTP. */
  async verdict(token = ''): Promise<Verdict> {
    const response = await fetch(`${await this.app.getUrl()}/me`, { headers: { authorization: `Bearer ${token}` } });
    const body = (await response.json()) as { code?: string };
    return body.code === undefined ? String(response.status) : `${String(response.status)} ${body.code}`;
  }

  async stop(): Promise<void> {
    await this.app.close();
  }
}

/** An embedded Cognito with a clock that stands still, and instances of an application that use it. */
export class RevocationWorld {
  readonly clock = new TestClock(Date.now());
  private readonly instances: Instance[] = [];
  private users = 0;

  private constructor(private readonly cognito: LocalCognito) {}

  static async start(): Promise<RevocationWorld> {
    // The clock is read late, for it belongs to a world that does not exist yet.
    const holder: { world?: RevocationWorld } = {};
    const cognito = await LocalCognito.start({
      clock: () => holder.world?.clock.read() ?? Date.now(),
      pools: [{ name: 'default', keys: signingKeysPem(), clients: [{ name: 'web', secret: true }] }],
    });
    return (holder.world = new RevocationWorld(cognito));
  }

  options(changes: Partial<MandateModuleOptions>): MandateModuleOptions {
    return { ...this.cognito.pool().moduleOptions(), clock: this.clock.read, ...changes };
  }

  async instance(changes: Partial<MandateModuleOptions>): Promise<Instance> {
    const instance = await Instance.start(this.options(changes));
    this.instances.push(instance);
    return instance;
  }

  /** Somebody new who can sign in. */
  user(): { username: string; sub: string } {
    this.users += 1;
    const username = `user-${String(this.users)}`;
    const attributes = { email: `${username}@example.com` };
    return this.cognito.pool().createUser({ username, password: PASSWORD, attributes });
  }

  async stop(): Promise<void> {
    await Promise.all(this.instances.map(async (instance) => instance.stop()));
    await this.cognito.stop();
  }
}
