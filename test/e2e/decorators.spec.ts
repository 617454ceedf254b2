import { Controller, Get, type INestApplication, UseGuards } from '@nestjs/common';
import request from 'supertest';

import { CognitoAuthGuard } from '../../lib/auth/cognito-auth.guard.js';
import { AccessToken } from '../../lib/auth/decorators/access-token.decorator.js';
import { Auth } from '../../lib/auth/decorators/auth.decorator.js';
import { CurrentUser } from '../../lib/auth/decorators/current-user.decorator.js';
import { MaxAge } from '../../lib/auth/decorators/max-age.decorator.js';
import { Pool } from '../../lib/auth/decorators/pool.decorator.js';
import { Public } from '../../lib/auth/decorators/public.decorator.js';
import { RequireAcr } from '../../lib/auth/decorators/require-acr.decorator.js';
import { TokenUse } from '../../lib/auth/decorators/token-use.decorator.js';
import type { TokenExtractor } from '../../lib/auth/extractors/token-extractor.js';
import { MandateModule } from '../../lib/module/mandate.module.js';
import { accessClaims, accessToken, idToken, jwks, NOW, signToken, TestKey } from '../tokens/support/test-issuer.js';
import { poolOptions } from './support/door.js';
import { PLATFORMS, startApp } from './support/http-apps.js';

const STAFF_ISSUER = 'https://staff.example';
const staffKey = new TestKey('staff-key');
const staffToken = signToken(accessClaims({ iss: STAFF_ISSUER }), staffKey);

@Controller('token')
@UseGuards(CognitoAuthGuard)
class TokenController {
  @Get('given')
  @TokenUse('access', 'id')
  given(@AccessToken() token: string | undefined, @CurrentUser('sub') sub: string) {
    return { token, sub };
  }

  @Get('open')
  @Public()
  open(@AccessToken() token: string | undefined) {
    return { token };
  }
}

@Controller('class')
@UseGuards(CognitoAuthGuard)
@TokenUse('access', 'id')
@Pool('staff')
@MaxAge(300)
@RequireAcr('mfa')
class ClassController {
  @Get('inherits')
  inherits() {
    return {};
  }

  @Get('pool')
  @Pool('default')
  @RequireAcr('mfa', 'password')
  pool() {
    return {};
  }

  @Get('age')
  @Pool('default')
  @MaxAge(3_600)
  age() {
    return {};
  }

  @Get('use')
  @Pool('default')
  @TokenUse('id')
  use() {
    return {};
  }
}

@Controller('composed')
@Auth({ groups: ['staff'], maxAgeSeconds: 300 })
class ComposedController {
  @Get()
  inherits() {
    return {};
  }

  @Get('editors')
  @Auth({ groups: ['editors'] })
  editors() {
    return {};
  }

  @Get('open')
  @Public()
  open() {
    return {};
  }
}

describe.each(PLATFORMS)('decorators on %s', (platform) => {
  let app: INestApplication;
  beforeAll(async () => {
    app = await startApp(platform, {
      imports: [
        MandateModule.forRoot(poolOptions),
        MandateModule.forRoot({ ...poolOptions, name: 'staff', issuer: STAFF_ISSUER, jwks: jwks(staffKey) }),
      ],
      controllers: [TokenController, ClassController, ComposedController],
    });
  });
  afterAll(() => app.close());

  const get = async (path: string, token?: string) => {
    const call = request(app.getHttpServer()).get(path);
    return token === undefined ? call : call.set('Authorization', `Bearer ${token}`);
  };
  const codeOf = async (path: string, token?: string): Promise<unknown> => {
    const { status, body } = await get(path, token);
    return status === 200 ? 200 : body.code;
  };

  describe('@AccessToken', () => {
    it('gives the access token as it came', async () => {
      const token = accessToken();
      expect((await get('/token/given', token)).body).toHaveProperty('token', token);
      expect((await get('/token/open', token)).body).toEqual({ token });
    });

    it('gives nothing for an id token, which Cognito would refuse', async () => {
      const { status, body } = await get('/token/given', idToken());
      expect([status, body]).toEqual([200, { sub: '7d8ca528-4931-4254-9273-ea5ee853f271' }]);
    });

    it('gives nothing where nobody is signed in', async () => {
      for (const token of [undefined, 'not-a-token', accessToken({ exp: 1 })]) {
        const { status, body } = await get('/token/open', token);
        expect([status, body]).toEqual([200, {}]);
      }
    });
  });

  describe('at a handler beat the like of it at the class:', () => {
    it('what a class asks for holds where a handler asks for nothing', async () => {
      expect(await codeOf('/class/inherits', accessToken({ acr: 'mfa' }))).toBe('TOKEN_ISSUER_REFUSED');
      expect(await codeOf('/class/inherits', staffToken)).toBe('AUTHENTICATION_INSUFFICIENT');
      const strong = (changes: object) =>
        signToken(accessClaims({ iss: STAFF_ISSUER, acr: 'mfa', ...changes }), staffKey);
      expect(await codeOf('/class/inherits', strong({ auth_time: 1 }))).toBe('AUTHENTICATION_INSUFFICIENT');
      expect(await codeOf('/class/inherits', strong({}))).toBe(200);
    });

    it('@Pool and @RequireAcr', async () => {
      expect(await codeOf('/class/pool', accessToken({ acr: 'password' }))).toBe(200);
      expect(await codeOf('/class/pool', accessToken({ acr: 'none' }))).toBe('AUTHENTICATION_INSUFFICIENT');
      expect(await codeOf('/class/pool', staffToken)).toBe('TOKEN_ISSUER_REFUSED');
    });

    it('@MaxAge', async () => {
      const mfa = (age: number) => accessToken({ acr: 'mfa', auth_time: NOW / 1000 - age });
      expect(await codeOf('/class/age', mfa(3_600))).toBe(200);
      expect(await codeOf('/class/age', mfa(3_601))).toBe('AUTHENTICATION_INSUFFICIENT');
      expect(await codeOf('/class/pool', mfa(301))).toBe('AUTHENTICATION_INSUFFICIENT');
    });

    it('@TokenUse', async () => {
      expect(await codeOf('/class/use', idToken({ acr: 'mfa' }))).toBe(200);
      expect(await codeOf('/class/age', idToken({ acr: 'mfa' }))).toBe(200);
      expect(await codeOf('/class/use', accessToken({ acr: 'mfa' }))).toBe('TOKEN_USE_REFUSED');
    });
  });

  it('@Auth guards each handler of a class', async () => {
    const member = (group: string, age = 0) => accessToken({ 'cognito:groups': [group], auth_time: NOW / 1000 - age });
    expect(await codeOf('/composed')).toBe('TOKEN_MISSING');
    expect(await codeOf('/composed', accessToken())).toBe('GROUPS_INSUFFICIENT');
    expect(await codeOf('/composed', member('staff', 301))).toBe('AUTHENTICATION_INSUFFICIENT');
    expect(await codeOf('/composed', member('staff'))).toBe(200);
    expect(await codeOf('/composed/editors', member('staff'))).toBe('GROUPS_INSUFFICIENT');
    expect(await codeOf('/composed/editors', member('editors', 301))).toBe('AUTHENTICATION_INSUFFICIENT');
    expect(await codeOf('/composed/editors', member('editors'))).toBe(200);
    expect(await codeOf('/composed/open')).toBe(200);
  });
});

describe.each(PLATFORMS)('an extractor of the application on %s', (platform) => {
  const fromQuery: TokenExtractor = ({
    transport,
    request: { query },
  }: {
    transport: string;
    request: { query?: { token?: string } };
  }) => (transport === 'http' ? query?.token : undefined);

  it('finds the token, and its silence is no token', async () => {
    const app = await startApp(platform, {
      imports: [MandateModule.forRoot({ ...poolOptions, extractors: [() => null, fromQuery] })],
      controllers: [TokenController],
    });
    const get = (path: string) => request(app.getHttpServer()).get(path);
    const token = accessToken();
    expect((await get(`/token/given?token=${token}`).expect(200)).body.token).toBe(token);
    expect((await get('/token/given?token=a%20b').expect(400)).body.code).toBe('REQUEST_MALFORMED');
    expect((await get('/token/given').expect(401)).body.code).toBe('TOKEN_MISSING');
    const header = await get('/token/given').set('Authorization', `Bearer ${token}`);
    expect([header.status, header.body.code]).toEqual([401, 'TOKEN_MISSING']);
    await app.close();
  });
});
