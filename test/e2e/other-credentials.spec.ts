import { type CanActivate, Controller, type ExecutionContext, Get, Injectable, UseGuards } from '@nestjs/common';
import request from 'supertest';

import type { AccessPolicy } from '../../lib/auth/access/access-policy.js';
import { CognitoAuthGuard } from '../../lib/auth/cognito-auth.guard.js';
import { CurrentUser } from '../../lib/auth/decorators/current-user.decorator.js';
import type { RequestContext } from '../../lib/auth/request-context.js';
import { MandateModule } from '../../lib/module/mandate.module.js';
import { accessToken } from '../tokens/support/test-issuer.js';
import { poolOptions } from './support/door.js';
import { PLATFORMS, startApp } from './support/http-apps.js';

const KEY = 'k-42';

function hasKey(headers: Readonly<Record<string, unknown>>): boolean {
  return headers['x-api-key'] === KEY;
}

/** Asks for a token only where there is no key. */
@Injectable()
class KeyFirstGuard extends CognitoAuthGuard {
  override canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const { headers } = context.switchToHttp().getRequest<{ headers: Record<string, unknown> }>();
    return hasKey(headers) || super.canActivate(context);
  }
}

/** Asks for a key only where there is no valid token. */
@Injectable()
class CatchingGuard extends CognitoAuthGuard {
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    try {
      return await super.canActivate(context);
    } catch (error) {
      const { headers } = context.switchToHttp().getRequest<{ headers: Record<string, unknown> }>();
      if (hasKey(headers)) {
        return true;
      }
      throw error;
    }
  }
}

/** The same, as the guard's own step, and with a look-up that takes time. */
@Injectable()
class DenyingGuard extends CognitoAuthGuard {
  protected override async deny(
    error: unknown,
    call: RequestContext,
    policy: AccessPolicy,
    context: ExecutionContext,
  ): Promise<boolean> {
    return (await Promise.resolve(hasKey(call.source.headers))) || super.deny(error, call, policy, context);
  }
}

/** A guard beside ours that asks it. */
@Injectable()
class AskingGuard implements CanActivate {
  constructor(private readonly tokens: CognitoAuthGuard) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { headers } = context.switchToHttp().getRequest<{ headers: Record<string, unknown> }>();
    try {
      return await this.tokens.canActivate(context);
    } catch {
      return hasKey(headers);
    }
  }
}

const GUARDS = [KeyFirstGuard, CatchingGuard, DenyingGuard, AskingGuard];

describe.each(PLATFORMS)('an API key instead of a token on %s', (platform) => {
  describe.each(GUARDS.map((Guard) => [Guard.name, Guard] as const))('with %s', (_name, Guard) => {
    @Controller()
    @UseGuards(Guard)
    class OrdersController {
      @Get()
      list(@CurrentUser('sub') sub?: string) {
        return { sub: sub ?? null };
      }
    }

    it('is answered as a call without a refusal', async () => {
      const app = await startApp(platform, {
        imports: [MandateModule.forRoot(poolOptions)],
        controllers: [OrdersController],
        providers: [CognitoAuthGuard],
      });
      const get = (headers: Record<string, string>) => request(app.getHttpServer()).get('/').set(headers);

      for (const authorization of [undefined, 'Bearer', 'Bearer a.b.c', `Bearer ${accessToken({ exp: 1 })}`]) {
        const call = get({ 'X-API-Key': KEY, ...(authorization && { Authorization: authorization }) });
        const { status, body, headers } = await call;
        expect([status, body, headers['www-authenticate']]).toEqual([200, { sub: null }, undefined]);
      }
      const sub = '7d8ca528-4931-4254-9273-ea5ee853f271';
      const { body } = await get({ Authorization: `Bearer ${accessToken()}` }).expect(200);
      expect(body).toEqual({ sub });

      const refused = await get({ 'X-API-Key': 'wrong' });
      if (Guard === AskingGuard) {
        // Nest's own refusal, which has no challenge.
        expect([refused.status, refused.headers['www-authenticate']]).toEqual([403, undefined]);
      } else {
        expect([refused.status, refused.headers['www-authenticate']]).toEqual([401, 'Bearer realm="default"']);
      }
      await app.close();
    });
  });
});
