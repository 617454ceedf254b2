import { Controller, Get, type INestApplication, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CognitoAuthGuard, CurrentUser, Groups, MandateModule, Public } from 'mandate';
import { TestTokenIssuer } from 'mandate/testing';

import { signingKeysPem } from '../local/signing-keys.js';
import { answerOf, caller, startApp } from './support/start-app.js';

// #region controller
@Controller('posts')
export class PostsController {
  @Public()
  @Get()
  list(@CurrentUser('username') username?: string) {
    return { for: username ?? 'everybody' };
  }

  @Public({ onInvalidToken: 'reject' })
  @Get('feed')
  feed(@CurrentUser('sub') sub?: string) {
    return { personal: sub !== undefined };
  }

  @Get('drafts') // guarded, as every handler without @Public()
  drafts(@CurrentUser('username') username: string) {
    return { of: username };
  }
}
// #endregion

// #region class
@Public()
@Controller('pages')
export class PagesController {
  @Get()
  index() {
    return { pages: 2 };
  }

  @Groups('editors') // an access decorator on the handler: not public any more
  @Get('unpublished')
  unpublished() {
    return { pages: 1 };
  }
}
// #endregion

describe('public handlers', () => {
  let issuer: TestTokenIssuer;
  let app: INestApplication;

  beforeAll(async () => {
    issuer = await TestTokenIssuer.create({ keys: signingKeysPem() });
    const pool = issuer.moduleOptions();
    // #region module
    @Module({
      imports: [MandateModule.forRoot(pool)],
      controllers: [PostsController, PagesController],
      providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
    })
    class AppModule {}
    // #endregion
    app = await startApp({ imports: [AppModule] });
  });

  afterAll(() => app.close());

  it('allow anonymous calls, and know who calls with a token', async () => {
    const token = issuer.signToken({ username: 'ann' });
    const expired = issuer.signToken({ username: 'ann', expiresInSeconds: -1 });
    expect(await answerOf(app, '/posts')).toEqual([200, { for: 'everybody' }]);
    expect(await answerOf(app, '/posts', token)).toEqual([200, { for: 'ann' }]);
    expect(await answerOf(app, '/posts', expired)).toEqual([200, { for: 'everybody' }]);
    expect(await answerOf(app, '/posts/feed')).toEqual([200, { personal: false }]);
    expect(await answerOf(app, '/posts/feed', token)).toEqual([200, { personal: true }]);
    expect(await answerOf(app, '/posts/feed', expired)).toEqual([401, 'TOKEN_EXPIRED']);
    expect(await answerOf(app, '/posts/feed', 'a b')).toEqual([400, 'REQUEST_MALFORMED']);
    expect(await answerOf(app, '/posts/drafts')).toEqual([401, 'TOKEN_MISSING']);
    expect(await answerOf(app, '/posts/drafts', token)).toEqual([200, { of: 'ann' }]);
  });

  it('are those of a public class without an access decorator of their own', async () => {
    expect(await answerOf(app, '/pages')).toEqual([200, { pages: 2 }]);
    expect(await answerOf(app, '/pages/unpublished')).toEqual([401, 'TOKEN_MISSING']);
    expect(await answerOf(app, '/pages/unpublished', issuer.signToken({ groups: ['editors'] }))).toEqual([
      200,
      { pages: 1 },
    ]);
  });

  it('see another scheme as no token', async () => {
    const { body } = await caller(app, '/posts/feed').set('authorization', 'Basic YW5uOnNlY3JldA==').expect(200);
    expect(body).toEqual({ personal: false });
  });

  it('cannot require something too', async () => {
    @Controller()
    class ContradictingController {
      @Public()
      @Groups('admins')
      @Get()
      get() {
        return {};
      }
    }
    const starting = startApp({
      imports: [MandateModule.forRoot(issuer.moduleOptions())],
      controllers: [ContradictingController],
      providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
    });
    await expect(starting).rejects.toThrow('@Public at ContradictingController.get contradicts @Groups');
  });
});
