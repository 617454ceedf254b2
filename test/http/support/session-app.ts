import {
  Body,
  Controller,
  Get,
  Header,
  type INestApplication,
  type ModuleMetadata,
  Post,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';

import { CognitoAuthGuard } from '../../../lib/auth/cognito-auth.guard.js';
import { AccessToken } from '../../../lib/auth/decorators/access-token.decorator.js';
import { Public } from '../../../lib/auth/decorators/public.decorator.js';
import { bearerToken } from '../../../lib/auth/extractors/bearer-token.js';
import {
  type BrowserSession,
  browserSession,
  BrowserSessionService,
  type BrowserSessionOptions,
  MandateSessionModule,
  Session,
} from '../../../lib/http/index.js';
import { SESSION_WAIT } from '../../../lib/http/session/injection-tokens.js';
import { MandateModule } from '../../../lib/module/mandate.module.js';
import { getCognitoOAuthToken, getCognitoToken } from '../../../lib/module/injection-tokens.js';
import type { MandateModuleOptions } from '../../../lib/module/options.js';
import { TestTokenIssuer } from '../../../lib/testing/test-token-issuer.js';
import { signingKeysPem } from '../../local/signing-keys.js';
import { TestClock } from '../../tokens/support/test-issuer.js';
import { Browser, OWN_PAGE } from './browser.js';
import { FakeCognito } from './fake-cognito.js';

export const SECRET = 'a secret of more than 32 characters, for tests';
export type Platform = 'express' | 'fastify';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

@Controller()
export class PagesController {
  constructor(
    private readonly sessions: BrowserSessionService,
    private readonly cognito: FakeCognito,
  ) {}

  @Post('sign-in')
  async signIn(@Body() { username }: { username: string }, @Res({ passthrough: true }) response: object) {
    return this.sessions.create(response, this.cognito.tokens(username));
  }

  @Post('sign-out')
  async signOut(
    @Req() request: object,
    @Res({ passthrough: true }) response: object,
    @Body() options: { everywhere?: boolean },
  ) {
    await this.sessions.end(request, response, options);
    return { done: true };
  }

  @Get('me')
  @UseGuards(CognitoAuthGuard)
  me(@Session() session: BrowserSession, @AccessToken() accessToken: string) {
    return { session, hasToken: accessToken.startsWith('eyJ') };
  }

  @Get('open')
  @Public()
  @UseGuards(CognitoAuthGuard)
  open(@Session() session?: BrowserSession) {
    return { sub: session?.sub ?? null };
  }

  @Get('cached')
  @Header('Cache-Control', 'public, max-age=3600')
  @Header('Vary', 'Accept-Encoding')
  @UseGuards(CognitoAuthGuard)
  cached() {
    return { ok: true };
  }

  @Post('change')
  @UseGuards(CognitoAuthGuard)
  change() {
    return { ok: true };
  }

  @Get('peek')
  async peek(@Req() request: object) {
    return {
      session: (await this.sessions.read(request)) ?? null,
      csrf: (await this.sessions.csrfToken(request)) ?? null,
    };
  }
}

export interface World {
  readonly issuer: TestTokenIssuer;
  readonly cognito: FakeCognito;
  readonly clock: TestClock;
  /** How a renewal waits for another instance: by default as short as possible. */
  wait: (milliseconds: number) => Promise<void>;
}

export async function createWorld(): Promise<World> {
  const clock = new TestClock(Math.floor(Date.now() / 1000) * 1000);
  const issuer = await TestTokenIssuer.create({ keys: signingKeysPem(), clock: clock.read });
  const wait = async () => new Promise<void>((resolve) => setImmediate(resolve));
  return { issuer, clock, cognito: new FakeCognito(issuer, clock.read), wait };
}

export interface AppOptions {
  readonly session?: Partial<BrowserSessionOptions>;
  readonly module?: Partial<MandateModuleOptions>;
  readonly metadata?: ModuleMetadata;
  readonly prepare?: (app: INestApplication) => void;
  /** Another clock than the world's. */
  readonly clock?: TestClock;
}

/** An application with a sign-in of its own, and sessions of `MandateSessionModule` unless `metadata` has imports. */
export async function startSessionApp(platform: Platform, world: World, options: AppOptions = {}) {
  const { metadata = {}, session = {} } = options;
  const builder = Test.createTestingModule({
    imports: [
      MandateModule.forRoot({
        ...world.issuer.moduleOptions(),
        clock: (options.clock ?? world.clock).read,
        extractors: [bearerToken(), browserSession()],
        ...options.module,
      }),
      ...(metadata.imports ?? [MandateSessionModule.forRoot({ session: { secret: SECRET, ...session } })]),
    ],
    controllers: metadata.controllers ?? [PagesController],
    providers: [{ provide: FakeCognito, useValue: world.cognito }, ...(metadata.providers ?? [])],
  });
  const testing = await builder
    .overrideProvider(getCognitoToken())
    .useValue(world.cognito.api)
    .overrideProvider(getCognitoOAuthToken())
    .useValue(world.cognito.oauth)
    .overrideProvider(SESSION_WAIT)
    .useValue(async (milliseconds: number) => world.wait(milliseconds))
    .compile();
  const app = testing.createNestApplication(platform === 'express' ? new ExpressAdapter() : new FastifyAdapter(), {
    logger: false,
  });
  options.prepare?.(app);
  await app.listen(0, '127.0.0.1');
  return app;
}

/** A browser with a session. */
export async function signedIn(app: INestApplication, username = 'ann'): Promise<Browser> {
  const browser = new Browser(app);
  const { status } = await browser.post('/sign-in', { body: { username }, headers: OWN_PAGE });
  expect(status).toBe(201);
  return browser;
}
