import { Controller, Get, Header, type INestApplication, UseGuards } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';

import { CognitoAuthGuard } from '../../../../lib/auth/cognito-auth.guard.js';
import { CurrentUser } from '../../../../lib/auth/decorators/current-user.decorator.js';
import { MandateAuthApiModule } from '../../../../lib/http/index.js';
import { LocalCognito } from '../../../../lib/local/local-cognito.js';
import { MandateModule } from '../../../../lib/module/mandate.module.js';
import { bundleClient } from '../../../browser/support/bundle.js';
import { freePort } from '../../../e2e/support/free-port.js';
import { signingKeysPem } from '../../../local/signing-keys.js';
import { SECRET } from '../../support/session-app.js';

/** The page's script: what an application writes, but that the test calls the client by hand. */
const PAGE = `<!doctype html><title>Shop</title><script type="module">
import { createAuthClient } from '/client.js';
window.ends = [];
window.auth = createAuthClient({ onSessionEnded: ({ reason }) => window.ends.push(reason) });
</script>`;

let client = '';

@Controller()
class ShopController {
  @Get()
  @Header('Content-Type', 'text/html; charset=utf-8')
  page() {
    return PAGE;
  }

  @Get('client.js')
  @Header('Content-Type', 'text/javascript; charset=utf-8')
  client() {
    return client;
  }

  @Get('orders')
  @UseGuards(CognitoAuthGuard)
  orders(@CurrentUser('username') username: string) {
    return { of: username };
  }
}

/** An application with the auth API in cookie mode, a page with the client, and an embedded Cognito. */
export class AuthClientApp {
  private constructor(
    readonly origin: string,
    readonly cognito: LocalCognito,
    private readonly app: INestApplication,
    private readonly ahead: { milliseconds: number },
  ) {}

  static async start(): Promise<AuthClientApp> {
    ({ code: client } = await bundleClient());
    const port = await freePort();
    const origin = `http://localhost:${String(port)}`;
    const ahead = { milliseconds: 0 };
    const clock = () => Date.now() + ahead.milliseconds;
    const cognito = await LocalCognito.start({
      clock,
      pools: [
        {
          name: 'shop',
          keys: signingKeysPem(),
          Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'WEB_AUTHN'] } },
          webAuthn: { RelyingPartyId: 'localhost' },
          mfa: { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } },
          clients: [{ name: 'web', secret: true, PreventUserExistenceErrors: 'ENABLED' }],
        },
      ],
    });
    const testing = await Test.createTestingModule({
      imports: [
        MandateModule.forRoot({ ...cognito.pool('shop').moduleOptions(), clock }),
        MandateAuthApiModule.forRoot({
          delivery: 'cookie',
          session: { secret: SECRET, origin },
          flows: ['USER_SRP_AUTH', 'USER_AUTH'],
        }),
      ],
      controllers: [ShopController],
    }).compile();
    const app = testing.createNestApplication(new ExpressAdapter(), { logger: false, forceCloseConnections: true });
    await app.listen(port, '127.0.0.1');
    return new AuthClientApp(origin, cognito, app, ahead);
  }

  /** Moves the clock of the application and of Cognito. */
  skip(milliseconds: number): void {
    this.ahead.milliseconds += milliseconds;
  }

  /** The time at Cognito, in milliseconds since the epoch. */
  now(): number {
    return Date.now() + this.ahead.milliseconds;
  }

  code(to: string): string {
    return this.cognito.outbox.latest({ to })?.code ?? '';
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.cognito.stop();
  }
}
