import { request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Controller, Get, type INestApplication, UseGuards } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';

import { CognitoAuthGuard } from '../../lib/auth/cognito-auth.guard.js';
import { Pool } from '../../lib/auth/decorators/pool.decorator.js';
import { Public } from '../../lib/auth/decorators/public.decorator.js';
import { bearerToken } from '../../lib/auth/extractors/bearer-token.js';
import type { TokenExtractor } from '../../lib/auth/extractors/token-extractor.js';
import { MandateModule } from '../../lib/module/mandate.module.js';
import { accessToken, POOL_ID } from '../tokens/support/test-issuer.js';
import { poolOptions } from './support/door.js';
import { PLATFORMS, startApp } from './support/http-apps.js';

const queryToken: TokenExtractor = ({ request }) => (request as { query: { token?: string } }).query.token;

@Controller()
@UseGuards(CognitoAuthGuard)
class GuardedController {
  @Get('me')
  me() {
    return {};
  }

  @Get('open')
  @Public()
  open() {
    return {};
  }

  @Get('pools')
  @Pool('default', 'staff')
  pools() {
    return {};
  }
}

@Controller('strategy')
@UseGuards(AuthGuard('cognito'))
class StrategyController {
  @Get()
  me() {
    return {};
  }
}

describe.each(PLATFORMS)('credentials that are sent twice on %s', (platform) => {
  let app: INestApplication;

  beforeAll(async () => {
    const extractors = [bearerToken(), queryToken];
    app = await startApp(platform, {
      imports: [
        MandateModule.forRoot({ ...poolOptions, extractors }),
        MandateModule.forRoot({
          ...poolOptions,
          extractors,
          name: 'staff',
          userPoolId: `${POOL_ID}9`,
          issuer: 'https://staff.example',
        }),
      ],
      controllers: [GuardedController, StrategyController],
    });
  });
  afterAll(() => app.close());

  /** Sends header lines as they are, which no client library does. */
  const get = (path: string, ...lines: string[]): Promise<{ status: number | undefined; code: unknown }> => {
    const { port } = (app.getHttpServer() as { address(): AddressInfo }).address();
    return new Promise((resolve, reject) => {
      const call = send(
        { port, path, headers: lines.flatMap((line) => line.split(/: (.*)/).slice(0, 2)) },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
          response.on('end', () => {
            resolve({ status: response.statusCode, code: (JSON.parse(text) as { code?: unknown }).code });
          });
        },
      );
      call.on('error', reject).end();
    });
  };
  const valid = `Authorization: Bearer ${accessToken()}`;
  const host = 'Host: a';

  describe.each(['/me', '/pools', '/strategy'])('at %s', (path) => {
    it('are fine once', async () => {
      expect(await get(path, host, valid)).toEqual({ status: 200, code: undefined });
    });

    it.each([
      ['the same token', valid],
      ['another token', `authorization: Bearer ${accessToken({ sub: 'someone-else' })}`],
      ['another scheme', 'AUTHORIZATION: Basic amFuZTpzZWNyZXQ='],
    ])('are refused with 400, with %s, in either order', async (_what, other) => {
      const refused = { status: 400, code: 'REQUEST_MALFORMED' };
      expect(await get(path, host, valid, 'X-Request-Id: 1', other)).toEqual(refused);
      expect(await get(path, other, host, valid)).toEqual(refused);
    });

    it('are refused in a query too', async () => {
      expect(await get(`${path}?token=${accessToken()}`, host)).toEqual({ status: 200, code: undefined });
      const twice = `${path}?token=${accessToken()}&token=${accessToken()}`;
      expect(await get(twice, host)).toEqual({ status: 400, code: 'REQUEST_MALFORMED' });
    });
  });

  it('identify nobody at a public handler', async () => {
    expect(await get('/open', host, valid, valid)).toEqual({ status: 200, code: undefined });
  });
});
