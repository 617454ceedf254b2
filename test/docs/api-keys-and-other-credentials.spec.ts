import { Controller, type ExecutionContext, Get, Injectable, type INestApplication, UseGuards } from '@nestjs/common';
import { CognitoAuthGuard, CurrentUser, Groups, MandateModule } from 'mandate';
import { TestTokenIssuer } from 'mandate/testing';

import { signingKeysPem } from '../local/signing-keys.js';
import { ApiKeyGuard } from './files/api-key.guard.js';
import { caller, startApp } from './support/start-app.js';

// #region controller
@Controller('imports')
@UseGuards(ApiKeyGuard)
export class ImportsController {
  @Groups('staff') // for callers with a token; an API key needs no group
  @Get()
  list(@CurrentUser('username') username?: string) {
    return { startedBy: username ?? 'the nightly import' };
  }
}
// #endregion

/** As a load balancer with mutual TLS marks requests whose client certificate it has verified. */
const isTrusted = (headers: Record<string, unknown>) => headers['x-client-verified'] === 'SUCCESS';

// #region first
/** Looks at the other credential first, and at no token then. */
@Injectable()
export class CertificateGuard extends CognitoAuthGuard {
  override canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const { headers } = context.switchToHttp().getRequest<{ headers: Record<string, unknown> }>();
    return isTrusted(headers) || super.canActivate(context);
  }
}
// #endregion

@Controller('partners')
@UseGuards(CertificateGuard)
class PartnersController {
  @Get()
  list() {
    return { partners: 2 };
  }
}

describe('API keys and other credentials', () => {
  let issuer: TestTokenIssuer;
  let app: INestApplication;
  const key = 'key-of-the-nightly-import';

  beforeAll(async () => {
    issuer = await TestTokenIssuer.create({ keys: signingKeysPem() });
    app = await startApp({
      imports: [MandateModule.forRoot(issuer.moduleOptions())],
      controllers: [ImportsController, PartnersController],
    });
  });

  afterAll(() => app.close());

  it('take the place of a token', async () => {
    const token = issuer.signToken({ username: 'ann', groups: ['staff'] });
    await caller(app, '/imports', token).expect(200, { startedBy: 'ann' });
    const { body } = await caller(app, '/imports').set('x-api-key', key).expect(200);
    expect(body).toEqual({ startedBy: 'the nightly import' });
    const refused = await caller(app, '/imports').set('x-api-key', 'wrong').expect(401);
    expect(refused.body.code).toBe('TOKEN_MISSING');
    expect(refused.headers['www-authenticate']).toBe('Bearer realm="default"');
  });

  it('come after the token, unless they are asked for first', async () => {
    const guest = issuer.signToken({ username: 'bob' });
    expect((await caller(app, '/imports', guest).expect(403)).body.code).toBe('GROUPS_INSUFFICIENT');
    await caller(app, '/imports', guest).set('x-api-key', key).expect(200, { startedBy: 'the nightly import' });
    await caller(app, '/partners', 'junk').set('x-client-verified', 'SUCCESS').expect(200, { partners: 2 });
    await caller(app, '/partners', issuer.signToken()).expect(200, { partners: 2 });
    expect((await caller(app, '/partners', 'junk').expect(401)).body.code).toBe('TOKEN_MALFORMED');
  });
});
