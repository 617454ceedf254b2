import { Controller, Get, Param, UseFilters, UseGuards } from '@nestjs/common';
import request from 'supertest';

import {
  CognitoAuthGuard,
  CognitoExceptionFilter,
  ERROR_STATUS,
  MandateError,
  MandateModule,
} from '../../lib/index.js';
import type { MandateErrorCode, MandateModuleOptions } from '../../lib/index.js';
import { accessToken } from '../tokens/support/test-issuer.js';
import { poolOptions } from './support/door.js';
import { PLATFORMS, startApp } from './support/http-apps.js';

const CODES = Object.keys(ERROR_STATUS) as MandateErrorCode[];
const isTemporary = (code: MandateErrorCode): boolean => [429, 503].includes(ERROR_STATUS[code]);

@Controller('throws')
@UseFilters(CognitoExceptionFilter)
class ThrowingController {
  @Get(':code')
  fail(@Param('code') code: MandateErrorCode) {
    throw new MandateError(code, 'Something failed.');
  }
}

@Controller('guarded')
@UseGuards(CognitoAuthGuard)
class GuardedController {
  @Get()
  me() {
    return {};
  }
}

const down = () => Promise.reject(new Error('down'));
/** What a guard waits for in vain, without a filter that could help. */
const OUTAGES: readonly (readonly [string, Partial<MandateModuleOptions>])[] = [
  ['REVOCATION_CHECK_FAILED', { revocation: { check: { isRevoked: down } } }],
  ['TOO_MANY_REQUESTS', { customCheck: () => Promise.reject(new MandateError('TOO_MANY_REQUESTS', 'Rate exceeded.')) }],
];

describe.each(PLATFORMS)('Retry-After on %s', (platform) => {
  it('is in every response of the filter with 429 or 503, and in no other', async () => {
    const app = await startApp(platform, { controllers: [ThrowingController] });
    expect(CODES.filter(isTemporary).length).toBeGreaterThan(8);
    for (const code of CODES) {
      const { status, headers } = await request(app.getHttpServer()).get(`/throws/${code}`);
      expect(status).toBe(ERROR_STATUS[code]);
      expect([code, headers['retry-after']]).toEqual([
        code,
        isTemporary(code) ? expect.stringMatching(/^[1-9][0-9]?$/) : undefined,
      ]);
    }
    await app.close();
  });

  it.each(OUTAGES)('is in the refusal of the guard without the filter (%s)', async (code, options) => {
    const app = await startApp(platform, {
      imports: [MandateModule.forRoot({ ...poolOptions, ...options })],
      controllers: [GuardedController],
    });
    const { body, headers } = await request(app.getHttpServer())
      .get('/guarded')
      .set('Authorization', `Bearer ${accessToken()}`);
    expect([body.code, headers['retry-after']]).toEqual([code, '1']);
    await app.close();
  });
});
