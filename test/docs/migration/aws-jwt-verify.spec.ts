import {
  type CanActivate,
  Controller,
  type ExecutionContext,
  Get,
  Injectable,
  UnauthorizedException,
  UseGuards,
} from '@nestjs/common';
import { CognitoJwtVerifier } from 'aws-jwt-verify';
import { CognitoAuthGuard, CurrentUser, Groups, MandateModule, Scopes } from 'mandate';
import { TestTokenIssuer } from 'mandate/testing';
import { createPoolVerifier, TokenRejectedError } from 'mandate/verifier';

import { signingKeysPem } from '../../local/signing-keys.js';
import { get, RunningApps } from './running-app.js';

const userPoolId = 'eu-west-1_AbCdEfGhI';
const clientId = '1h57kf5cpq17m0eml12EXAMPLE';

/** docs/migration/aws-jwt-verify.md: a guard over aws-jwt-verify and this package, side by side with the same tokens. */
describe('aws-jwt-verify', () => {
  const apps = new RunningApps();
  let issuer: TestTokenIssuer;

  beforeAll(async () => {
    issuer = await TestTokenIssuer.create({ userPoolId, clientId, keys: signingKeysPem() });
  });

  afterAll(() => apps.stop());

  async function before() {
    // #region before
    const verifier = CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse: 'access' });

    @Injectable()
    class AuthGuard implements CanActivate {
      async canActivate(context: ExecutionContext): Promise<boolean> {
        const request = context.switchToHttp().getRequest<{ headers: { authorization?: string }; user?: unknown }>();
        const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
        try {
          request.user = await verifier.verify(token, { groups: ['admins', 'editors'] });
          return true;
        } catch {
          throw new UnauthorizedException();
        }
      }
    }
    // #endregion
    verifier.cacheJwks(issuer.jwks as Parameters<typeof verifier.cacheJwks>[0]);

    @Controller('orders')
    @UseGuards(AuthGuard)
    class OrdersController {
      @Get()
      list() {
        return [];
      }
    }
    return apps.start({ controllers: [OrdersController] });
  }

  async function after() {
    // #region after
    @Controller('orders')
    @UseGuards(CognitoAuthGuard)
    class OrdersController {
      @Groups('admins', 'editors')
      @Get()
      list() {
        return [];
      }

      @Scopes('orders/write')
      @Get('mine')
      mine(@CurrentUser('sub') sub: string) {
        return [sub];
      }
    }
    // #endregion
    const imports = [MandateModule.forRoot(issuer.moduleOptions())];
    return apps.start({ imports, controllers: [OrdersController] });
  }

  it('admits the same tokens', async () => {
    const [old, now] = [await before(), await after()];
    for (const app of [old, now]) {
      await get(app, '/orders', issuer.signToken({ groups: ['editors'] })).expect(200);
      await get(app, '/orders', issuer.signToken({ tokenUse: 'id', groups: ['editors'] })).expect(401);
      await get(app, '/orders', issuer.signToken({ clientId: 'another', groups: ['editors'] })).expect(401);
      await get(app, '/orders').expect(401);
    }
    const writer = issuer.signToken({ sub: 'sub-1', scopes: ['orders/write'] });
    await get(now, '/orders/mine', writer).expect(200, ['sub-1']);
  });

  it('answers 403 in place of 401 to a user who is in none of the groups', async () => {
    const [old, now] = [await before(), await after()];
    const reader = issuer.signToken({ groups: ['readers'] });
    await get(old, '/orders', reader).expect(401);
    expect((await get(now, '/orders', reader).expect(403)).body.code).toBe('GROUPS_INSUFFICIENT');
  });

  it('has a verifier without Nest', async () => {
    const { jwks } = issuer;
    const token = issuer.signToken({ username: 'ann' });
    // #region verifier
    const verifier = createPoolVerifier({ userPoolId, acceptedClientIds: [clientId], tokenUse: 'access', jwks });
    const claims = await verifier.verify(token);
    const known = verifier.verifySync(token); // `undefined` if something has to be waited for
    // #endregion
    expect(claims).toMatchObject({ username: 'ann', token_use: 'access' });
    expect(known).toEqual(claims);
    await expect(verifier.verify(`${token}x`)).rejects.toBeInstanceOf(TokenRejectedError);
  });
});
