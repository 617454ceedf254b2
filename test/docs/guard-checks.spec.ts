import { Controller, Get, type INestApplication } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { CognitoAuthGuard, Groups, MandateModule, MaxAge, Scopes } from 'mandate';
import { TestTokenIssuer, type TestTokenOptions } from 'mandate/testing';
import request from 'supertest';

import { signingKeysPem } from '../local/signing-keys.js';
import { RSA_2048 } from '../support/fixtures/rsa-keys.js';
import { codesIn, rowsOf } from './support/page.js';

@Controller('guarded')
class GuardedController {
  @Groups('admins')
  @Scopes('photos/read')
  @MaxAge(60)
  @Get()
  guarded() {
    return {};
  }
}

/** What is wrong with a call, in the order of docs/concepts/what-the-guard-checks.md. */
const FAULTS = [
  'no token',
  'syntax',
  'form',
  'algorithm',
  'issuer',
  'key',
  'signature',
  'shape',
  'use',
  'client',
  'expired',
  'not yet valid',
  'revoked',
  'own check',
  'groups',
  'scopes',
  'sign-in',
  'user',
] as const;
type Fault = (typeof FAULTS)[number];

let issuer: TestTokenIssuer;
let stranger: TestTokenIssuer;
let app: INestApplication;
let faults: ReadonlySet<Fault> = new Set();

beforeAll(async () => {
  const [, , access = '', id = ''] = RSA_2048;
  issuer = await TestTokenIssuer.create({ keys: signingKeysPem() });
  stranger = await TestTokenIssuer.create(access === '' ? {} : { keys: { access, id } });
  const module = await Test.createTestingModule({
    imports: [
      MandateModule.forRoot({
        ...issuer.moduleOptions(),
        revocation: { check: { isRevoked: async () => Promise.resolve(faults.has('revoked')) } },
        customCheck: () => !faults.has('own check'),
        loadUser: (claims) => (faults.has('user') ? undefined : claims),
      }),
    ],
    controllers: [GuardedController],
    providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
  }).compile();
  app = await module.createNestApplication().init();
});

afterAll(() => app.close());

/** A token with these faults. */
function tokenWith(wrong: ReadonlySet<Fault>): string {
  const now = Math.floor(Date.now() / 1000);
  const options: TestTokenOptions = {
    username: 'ann',
    groups: wrong.has('groups') ? [] : ['admins'],
    scopes: wrong.has('scopes') ? [] : ['photos/read'],
    ...(wrong.has('client') && { clientId: 'anotherclient' }),
    ...(wrong.has('use') && { tokenUse: 'id' }),
    claims: {
      ...(wrong.has('sign-in') && { auth_time: now - 3600 }),
      ...(wrong.has('expired') && { exp: now - 60 }),
      ...(wrong.has('not yet valid') && { nbf: now + 3600 }),
      ...(wrong.has('shape') && { jti: 7 }),
      ...(wrong.has('issuer') && { iss: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Another01' }),
    },
  };
  const [header = '', claims = '', signature = ''] = (wrong.has('key') ? stranger : issuer)
    .signToken(options)
    .split('.');
  const given = JSON.parse(Buffer.from(header, 'base64url').toString()) as object;
  const changed = Buffer.from(JSON.stringify({ ...given, alg: 'RS512' })).toString('base64url');
  const forged = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
  const parts = [wrong.has('algorithm') ? changed : header, claims, wrong.has('signature') ? forged : signature];
  return wrong.has('form') ? `${parts.join('.')}.again` : parts.join('.');
}

async function call(...wrong: Fault[]): Promise<string> {
  faults = new Set(wrong);
  const token = `${faults.has('syntax') ? '"' : ''}${tokenWith(faults)}`;
  const get = request(app.getHttpServer()).get('/guarded');
  const { status, body } = await (faults.has('no token') ? get : get.set('authorization', `Bearer ${token}`));
  return status === 200 ? '200' : `${String(status)} ${(body as { code: string }).code}`;
}

describe('docs/concepts/what-the-guard-checks.md', () => {
  const refusals = rowsOf('concepts/what-the-guard-checks.md', 'check').map(
    ([, refusal = '']) => `${refusal.slice(0, 3)} ${codesIn(refusal)[0] ?? ''}`,
  );

  it('has a row for each check', () => {
    expect(refusals).toHaveLength(FAULTS.length);
  });

  it('says nothing about a call without a fault', async () => {
    expect(await call()).toBe('200');
  });

  it.each(FAULTS.map((fault, index) => [fault, index] as const))('refuses a fault alone: %s', async (fault, index) => {
    expect(await call(fault)).toBe(refusals[index]);
  });

  // Each call also has all faults that come later, so that the first one decides.
  it.each(FAULTS.map((fault, index) => [fault, index] as const))('has the order: %s', async (_fault, index) => {
    expect(await call(...FAULTS.slice(index))).toBe(refusals[index]);
  });
});
