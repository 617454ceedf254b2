import { Controller, Get, Injectable } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import request from 'supertest';

import {
  type Authentication,
  CognitoAuthGuard,
  CognitoExceptionFilter,
  MandateError,
  MandateModule,
  ProblemDetailsFilter,
  UserPools,
} from '../../lib/index.js';
import { accessToken } from '../tokens/support/test-issuer.js';
import { poolOptions } from './support/door.js';
import { PLATFORMS, startApp } from './support/http-apps.js';

@Injectable()
class Journal {
  readonly lines: string[] = [];

  write(line: string): void {
    this.lines.push(line);
  }
}

@Injectable()
class ServiceLast extends CognitoAuthGuard {
  constructor(
    pools: UserPools,
    private readonly journal: Journal,
  ) {
    super(pools);
  }

  protected override loadUser({ claims }: Authentication): unknown {
    this.journal.write(`guard ${claims.sub}`);
    return claims;
  }
}

@Injectable()
class ServiceFirst extends CognitoAuthGuard {
  constructor(
    private readonly journal: Journal,
    pools: UserPools,
  ) {
    super(pools);
  }

  protected override loadUser({ claims }: Authentication): unknown {
    this.journal.write(`guard ${claims.sub}`);
    return claims;
  }
}

@Injectable()
class JournalFilter extends CognitoExceptionFilter {
  constructor(private readonly journal: Journal) {
    super();
  }

  override catch(...[error, host]: Parameters<CognitoExceptionFilter['catch']>): unknown {
    this.journal.write(`filter ${error instanceof MandateError ? error.code : error.getResponse().code}`);
    return super.catch(error, host);
  }
}

@Injectable()
class JournalProblemFilter extends ProblemDetailsFilter {
  constructor(private readonly journal: Journal) {
    super();
  }

  override catch(...[error, host]: Parameters<ProblemDetailsFilter['catch']>): unknown {
    this.journal.write(`filter ${error.name}`);
    return super.catch(error, host);
  }
}

@Controller()
class HereController {
  @Get()
  here() {
    return 'here';
  }
}

describe.each(PLATFORMS)('services in the constructors of subclasses on %s', (platform) => {
  const start = (guard: typeof ServiceLast | typeof ServiceFirst, filter = JournalFilter) =>
    startApp(platform, {
      imports: [MandateModule.forRoot({ ...poolOptions, realm: 'shop' })],
      controllers: [HereController],
      providers: [Journal, { provide: APP_GUARD, useClass: guard }, { provide: APP_FILTER, useClass: filter }],
    });

  it.each([
    ['after the pools', ServiceLast],
    ['before them', ServiceFirst],
  ])('are injected into a guard %s', async (_place, guard) => {
    const app = await start(guard);
    const get = () => request(app.getHttpServer()).get('/');
    await get()
      .set('Authorization', `Bearer ${accessToken({ sub: 'ann' })}`)
      .expect(200);
    const { headers } = await get().expect(401);
    expect(headers['www-authenticate']).toBe('Bearer realm="shop"');
    expect(app.get(Journal).lines).toEqual(['guard ann', 'filter TOKEN_MISSING']);
    await app.close();
  });

  it('are injected into a filter', async () => {
    const app = await start(ServiceLast, JournalProblemFilter as never);
    const { body } = await request(app.getHttpServer()).get('/').expect(401);
    expect(body).toMatchObject({ type: 'about:blank', code: 'TOKEN_MISSING' });
    expect(app.get(Journal).lines).toEqual(['filter AccessDeniedException']);
    await app.close();
  });
});
