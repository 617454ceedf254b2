import { Controller, Get, type INestApplication } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import request from 'supertest';

import {
  CognitoAuthGuard,
  CognitoService,
  CurrentUser,
  Groups,
  MandateModule,
  MaxAge,
  Scopes,
  TokenUse,
  type VerifiedClaims,
} from '../../lib/index.js';
import { TestTokenIssuer } from '../../lib/testing/index.js';
import { signingKeysPem } from '../local/signing-keys.js';

@Controller()
class ClaimsController {
  @Get('me')
  me(@CurrentUser() claims: VerifiedClaims): VerifiedClaims {
    return claims;
  }

  @Get('profile')
  @TokenUse('id')
  profile(@CurrentUser('email') email: string): { email: string } {
    return { email };
  }

  @Get('admins')
  @Groups('admins')
  admins(@CurrentUser('sub') sub: string): { sub: string } {
    return { sub };
  }

  @Get('photos')
  @Scopes('photos/read')
  photos(): object {
    return {};
  }

  @Get('recent')
  @MaxAge(60)
  recent(): object {
    return {};
  }
}

describe('TestTokenIssuer', () => {
  let issuer: TestTokenIssuer;
  let app: INestApplication;

  beforeAll(async () => {
    issuer = await TestTokenIssuer.create({ keys: signingKeysPem() });
    const testing = await Test.createTestingModule({
      imports: [MandateModule.forRoot(issuer.moduleOptions())],
      controllers: [ClaimsController],
      providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
    }).compile();
    app = await testing.createNestApplication({ logger: false }).init();
  });

  afterAll(() => app.close());

  const get = (path: string, token: string) => request(app.getHttpServer()).get(path).auth(token, { type: 'bearer' });

  it('signs access tokens that the guard accepts, with the claims of an Amazon Cognito token', async () => {
    const { body } = (await get('/me', issuer.signToken({ username: 'ann' })).expect(200)) as { body: VerifiedClaims };
    expect(body).toMatchObject({
      iss: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_TestPool1',
      client_id: 'testclient',
      username: 'ann',
      token_use: 'access',
      scope: 'aws.cognito.signin.user.admin',
    });
    expect(body.exp - body.iat).toBe(3600);
    expect(body).not.toHaveProperty('cognito:groups');
  });

  it('needs no options', async () => {
    await get('/me', issuer.signToken()).expect(200);
  });

  it('keeps the sub of a user in all tokens, and tells users apart', async () => {
    const subOf = async (username: string) =>
      ((await get('/me', issuer.signToken({ username }))).body as VerifiedClaims).sub;
    expect(await subOf('ann')).toBe(await subOf('ann'));
    expect(await subOf('ann')).not.toBe(await subOf('bob'));
    expect(await subOf('ann')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    await get('/admins', issuer.signToken({ sub: 'sub-1', groups: ['admins'] })).expect(200, { sub: 'sub-1' });
  });

  it('signs groups and scopes, which the decorators check', async () => {
    await get('/admins', issuer.signToken({ groups: ['admins', 'editors'] })).expect(200);
    await get('/admins', issuer.signToken({ groups: [] })).expect(403);
    await get('/photos', issuer.signToken({ scopes: ['photos/read'] })).expect(200);
    await get('/photos', issuer.signToken()).expect(403);
  });

  it('signs ID tokens', async () => {
    const token = issuer.signToken({ tokenUse: 'id', claims: { email: 'ann@example.com' } });
    await get('/profile', token).expect(200, { email: 'ann@example.com' });
    await get('/me', token).expect(401);
  });

  it('signs machine-to-machine tokens', async () => {
    const token = issuer.signToken({ clientCredentials: true, scopes: ['photos/read'] });
    const { body } = (await get('/me', token).expect(200)) as { body: VerifiedClaims };
    expect(body).toMatchObject({ sub: 'testclient', client_id: 'testclient', scope: 'photos/read' });
    expect(body).not.toHaveProperty('username');
  });

  it('adds, replaces and removes claims', async () => {
    const claims = { 'custom:plan': 'pro', auth_time: 1, device_key: undefined, event_id: undefined };
    const token = issuer.signToken({ claims });
    const { body } = (await get('/me', token).expect(200)) as { body: VerifiedClaims };
    expect(body).toMatchObject({ 'custom:plan': 'pro', auth_time: 1 });
    expect(body).not.toHaveProperty('event_id');
    await get('/recent', token).expect(401);
    await get('/recent', issuer.signToken()).expect(200);
  });

  it.each([
    ['an expired token', { expiresInSeconds: 0 }, 'TOKEN_EXPIRED'],
    ['a token of another app client', { clientId: 'another' }, 'TOKEN_CLIENT_REFUSED'],
    ['a token of another issuer', { claims: { iss: 'https://example.com' } }, 'TOKEN_ISSUER_REFUSED'],
  ])('signs %s, which the guard rejects', async (_case, options, code) => {
    const { body } = (await get('/me', issuer.signToken(options)).expect(401)) as { body: { code: string } };
    expect(body.code).toBe(code);
  });

  it('is not trusted by an application that has the keys of another issuer', async () => {
    const other = await TestTokenIssuer.create();
    await get('/me', other.signToken()).expect(401);
  });

  it('lets no call reach Amazon Cognito', async () => {
    const service = app.get(CognitoService);
    await expect(service.authenticate({ username: 'ann', password: 'Correct-Horse-9' })).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
    });
  });

  it('works as the README shows', async () => {
    // #region issuer
    const issuer = await TestTokenIssuer.create();
    const module = await Test.createTestingModule({
      imports: [MandateModule.forRoot(issuer.moduleOptions())],
      controllers: [ClaimsController],
      providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
    }).compile();
    const token = issuer.signToken({ username: 'ann', groups: ['admins'] }); // the guard verifies it for real
    // #endregion
    const app = await module.createNestApplication().init();
    await request(app.getHttpServer()).get('/admins').auth(token, { type: 'bearer' }).expect(200);
    await app.close();
  });
});
