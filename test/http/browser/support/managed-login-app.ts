import type { IncomingHttpHeaders, IncomingMessage, Server } from 'node:http';

import { Controller, Get, Header, type INestApplication, UseGuards } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';

import { CognitoAuthGuard } from '../../../../lib/auth/cognito-auth.guard.js';
import { Public } from '../../../../lib/auth/decorators/public.decorator.js';
import { bearerToken } from '../../../../lib/auth/extractors/bearer-token.js';
import {
  type BrowserSession,
  browserSession,
  type BrowserSessionOptions,
  MandateOAuthModule,
  Session,
} from '../../../../lib/http/index.js';
import { LocalCognito } from '../../../../lib/local/local-cognito.js';
import { MandateModule } from '../../../../lib/module/mandate.module.js';
import { freePort } from '../../../e2e/support/free-port.js';
import { codeClient, PASSWORD } from '../../../local/oauth/support/oauth-service.js';
import { signingKeysPem } from '../../../local/signing-keys.js';
import { type Platform, SECRET } from '../../support/session-app.js';

const SCOPES = ['openid', 'email', 'aws.cognito.signin.user.admin'];

/** A request as the application's server received it. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

@Controller()
class PagesController {
  /** Rendered on the server: it knows who is signed in from the request for it alone. */
  @Get(['/', 'orders', 'bye'])
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Public()
  @UseGuards(CognitoAuthGuard)
  page(@Session() session?: BrowserSession) {
    const name = session === undefined ? 'Nobody is signed in' : `Signed in as ${String(session.claims['email'])}`;
    return `<!doctype html><title>Shop</title><h1>${name}</h1><a href="/auth/login?returnTo=/orders">Sign in</a>
<a href="/orders">Orders</a><form method="post" action="/auth/logout"><button>Sign out</button></form>`;
  }

  @Get('me')
  @UseGuards(CognitoAuthGuard)
  me(@Session() session: BrowserSession) {
    return { email: session.claims['email'] };
  }
}

/** An application with managed login and an embedded Cognito, each at a site of its own. */
export class ManagedLoginApp {
  /** What the application's server was asked for. */
  readonly seen: Seen[] = [];

  private constructor(
    readonly origin: string,
    readonly cognito: LocalCognito,
    /** What the application's clock is ahead of that of Cognito, in milliseconds. */
    private readonly ahead: { milliseconds: number },
    private readonly app: INestApplication,
  ) {
    (app.getHttpServer() as Server).prependListener('request', ({ method = '', url = '', headers }: IncomingMessage) =>
      this.seen.push({ method, url, headers }),
    );
  }

  static async start(platform: Platform, session: Partial<BrowserSessionOptions> = {}): Promise<ManagedLoginApp> {
    const ahead = { milliseconds: 0 };
    const port = await freePort();
    const origin = `http://localhost:${String(port)}`;
    const uris = { redirectUri: `${origin}/auth/callback`, logoutUri: `${origin}/bye` };
    const cognito = await startCognito(uris);
    const options = cognito.pool().moduleOptions({ oauth: uris });
    const testing = await Test.createTestingModule({
      imports: [
        MandateModule.forRoot({
          ...options,
          oauth: { domain: '', ...options.oauth, scopes: SCOPES },
          clock: () => Date.now() + ahead.milliseconds,
          extractors: [bearerToken(), browserSession()],
        }),
        MandateOAuthModule.forRoot({ session: { secret: SECRET, keep: ['email'], ...session } }),
      ],
      controllers: [PagesController],
    }).compile();
    const adapter = platform === 'express' ? new ExpressAdapter() : new FastifyAdapter();
    const app = testing.createNestApplication(adapter, { logger: false, forceCloseConnections: true });
    await app.listen(port, '127.0.0.1');
    return new ManagedLoginApp(origin, cognito, ahead, app);
  }

  /** Moves the application's clock. */
  skip(milliseconds: number): void {
    this.ahead.milliseconds += milliseconds;
  }

  /** The requests for a path. */
  asked(path: string): Seen[] {
    return this.seen.filter(({ url }) => url.split('?')[0] === path);
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.cognito.stop();
  }
}

async function startCognito(uris: { redirectUri: string; logoutUri: string }): Promise<LocalCognito> {
  return LocalCognito.start({
    pools: [
      {
        name: 'default',
        keys: signingKeysPem(),
        clients: [
          {
            ...codeClient('web'),
            secret: true,
            AllowedOAuthScopes: SCOPES,
            CallbackURLs: [uris.redirectUri],
            LogoutURLs: [uris.logoutUri],
          },
        ],
        users: [{ username: 'ann', password: PASSWORD, attributes: { email: 'ann@example.com' } }],
      },
    ],
  });
}
