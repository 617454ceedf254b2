import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { Type } from 'class-transformer';
import { IsEmail, IsOptional, IsPhoneNumber, ValidateNested } from 'class-validator';
import { MandateModule } from 'mandate';
import { RegisterDto } from 'mandate/dto';
import { MandateAuthApiModule } from 'mandate/http';
import { LocalCognito } from 'mandate/testing';

import { signingKeysPem } from '../local/signing-keys.js';
import { BrowserPage } from './support/browser-page.js';

const origin = 'https://app.example.com';
const sessionSecret = 'a secret of this test, with 32 characters';

// #region dto
class Attributes {
  @IsEmail()
  declare email: string;

  @IsOptional()
  @IsPhoneNumber()
  declare phone_number?: string;
}

class SignUpDto extends RegisterDto<Attributes> {
  @ValidateNested()
  @Type(() => Attributes)
  declare attributes: Attributes;
}
// #endregion

/** The code of docs/how-to/hide-who-is-registered.md. */
describe('docs/how-to/hide-who-is-registered.md', () => {
  let local: LocalCognito;
  let app: INestApplication;
  let page: BrowserPage;

  beforeAll(async () => {
    local = await LocalCognito.start({
      pools: [
        {
          name: 'users',
          keys: signingKeysPem(),
          Policies: {
            PasswordPolicy: {
              MinimumLength: 12,
              RequireLowercase: true,
              RequireUppercase: false,
              RequireNumbers: false,
              RequireSymbols: false,
            },
          },
          clients: [{ name: 'web', PreventUserExistenceErrors: 'ENABLED' }],
          users: [{ username: 'ann', password: 'correct horse battery', attributes: { email: 'ann@example.com' } }],
        },
      ],
    });
    const module = await Test.createTestingModule({
      imports: [
        MandateModule.forRoot(local.pool('users').moduleOptions()),
        // #region module
        MandateAuthApiModule.forRoot({
          delivery: 'cookie',
          session: { secret: sessionSecret, origin },
          // As in the pool, if that is not Cognito's default.
          passwordPolicy: {
            minimumLength: 12,
            requireLowercase: true,
            requireUppercase: false,
            requireNumbers: false,
            requireSymbols: false,
          },
          dto: { register: SignUpDto },
        }),
        // #endregion
      ],
    }).compile();
    app = module.createNestApplication();
    await app.listen(0, '127.0.0.1');
    page = new BrowserPage(app, origin);
  });

  afterAll(async () => {
    await app.close();
    await local.stop();
  });

  /** Status and body of an answer. */
  const post = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json', 'x-mandate-csrf': '1' };
    const response = await page.fetch(`/auth/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return [response.status, await response.text()];
  };
  const attributes = { email: 'new@example.com' };

  it.each([
    ['a good password', 201, { password: 'correct horse battery', attributes }],
    ['a weak password', 400, { password: 'short', attributes }],
    ['a bad address', 400, { password: 'correct horse battery', attributes: { email: 'nonsense' } }],
  ])('answers a sign-up with %s alike for a free and a taken username', async (_, status, body) => {
    const taken = await post('register', { username: 'ann', ...body });
    expect(taken[0]).toBe(status);
    expect(await post('register', { username: `free${String(status)}`, ...body })).toEqual(taken);
  });

  it.each([
    ['authenticate', 401, { password: 'wrong' }],
    ['forgot-password', 202, {}],
    ['resend-code', 202, {}],
    ['confirm', 400, { code: '123456' }],
    ['confirm-forgot-password', 400, { code: '123456', password: 'correct horse battery' }],
  ])('answers %s alike for known and unknown users', async (path, status, body) => {
    const known = await post(path, { username: 'ann', ...body });
    expect(known[0]).toBe(status);
    expect(await post(path, { username: 'nobody', ...body })).toEqual(known);
  });
});
