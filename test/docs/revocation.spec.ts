import { Controller, Get, type INestApplication, Injectable } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import {
  CognitoAdminService,
  CognitoAuthGuard,
  CognitoService,
  InjectTokenRevoker,
  MandateModule,
  type MandateModuleOptions,
  type TokenRevoker,
  type TokenSet,
} from 'mandate';
import { LocalCognito } from 'mandate/testing';
import request from 'supertest';

import { VERIFIER_DEFAULTS } from '../../lib/tokens/verifier-defaults.js';
import { signingKeysPem } from '../local/signing-keys.js';
import { codesIn, rowsOf, tablesOf } from './support/page.js';

const PAGE = 'concepts/revocation.md';
const password = 'Correct-Horse-9';

@Controller('me')
class MeController {
  @Get()
  me() {
    return {};
  }
}

// #region revoker
@Injectable()
export class Contracts {
  constructor(@InjectTokenRevoker() private readonly revoker: TokenRevoker) {}

  async end(sub: string) {
    await this.revoker.revokeUser(sub); // all sign-ins up to now; later ones are not affected
  }
}
// #endregion

interface Signed {
  readonly username: string;
  readonly tokens: TokenSet & { readonly refreshToken: string };
}

interface Services {
  readonly cognito: CognitoService;
  readonly admin: CognitoAdminService;
}

/** The calls of the page, by the code in their row. */
const CALLS: Readonly<Record<string, (services: Services, signed: Signed) => Promise<void>>> = {
  'cognito.logout(accessToken)': ({ cognito }, { tokens }) => cognito.logout(tokens.accessToken),
  'cognito.revokeToken(refreshToken, tokens)': ({ cognito }, { tokens }) =>
    cognito.revokeToken(tokens.refreshToken, tokens),
  'cognito.revokeToken(refreshToken)': ({ cognito }, { tokens }) => cognito.revokeToken(tokens.refreshToken),
  'cognito.deleteUser(accessToken)': ({ cognito }, { tokens }) => cognito.deleteUser(tokens.accessToken),
  'cognito.changePassword(request)': ({ cognito }, { tokens: { accessToken } }) =>
    cognito.changePassword({ accessToken, previousPassword: password, proposedPassword: 'Another-Horse-9' }),
  'admin.logout(username)': ({ admin }, { username }) => admin.logout(username),
  'admin.disableUser(username)': ({ admin }, { username }) => admin.disableUser(username),
  'admin.deleteUser(username)': ({ admin }, { username }) => admin.deleteUser(username),
  'admin.resetPassword({ username })': ({ admin }, { username }) => admin.resetPassword({ username }),
};

/** The columns of the page. An answer of Cognito is not cached here, so that no test waits. */
const WAYS: Readonly<Record<string, MandateModuleOptions['revocation']>> = {
  none: undefined,
  '`store`': { store: 'memory' },
  '`askCognito`': { askCognito: { cacheSeconds: 0 } },
};

let local: LocalCognito;
const apps = new Map<string, INestApplication>();
let count = 0;

beforeAll(async () => {
  local = await LocalCognito.start({ pools: [{ name: 'users', keys: signingKeysPem(), clients: [{ name: 'web' }] }] });
  for (const [way, revocation] of Object.entries(WAYS)) {
    const module = await Test.createTestingModule({
      imports: [MandateModule.forRoot({ ...local.pool().moduleOptions(), revocation })],
      controllers: [MeController],
      providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }, ...(revocation ? [Contracts] : [])],
    }).compile();
    apps.set(way, await module.createNestApplication().init());
  }
});

afterAll(async () => {
  await Promise.all([...apps.values()].map((app) => app.close()));
  await local.stop();
});

function appOf(way: string): INestApplication {
  const app = apps.get(way);
  if (app === undefined) {
    throw new Error(`The page has a column "${way}" that the test does not know.`);
  }
  return app;
}

async function signIn(cognito: CognitoService): Promise<Signed> {
  const username = `user${String(count++)}`;
  local.pool().createUser({ username, password, attributes: { email: `${username}@example.com` } });
  const outcome = await cognito.authenticate({ username, password });
  if (outcome.status !== 'AUTHENTICATED' || outcome.tokens.refreshToken === undefined) {
    throw new Error('Expected tokens.');
  }
  return { username, tokens: { ...outcome.tokens, refreshToken: outcome.tokens.refreshToken } };
}

/** How the page says whether a guard still accepts a token. */
async function stateOf(app: INestApplication, { tokens }: Signed): Promise<string> {
  const { status } = await request(app.getHttpServer()).get('/me').auth(tokens.accessToken, { type: 'bearer' });
  return status === 200 ? 'until it expires' : `refused${status === 401 ? '' : ` with ${String(status)}`}`;
}

const [table] = tablesOf(PAGE).filter(({ head }) => head[0] === 'call');
const cells = (table?.rows ?? []).flatMap((row) =>
  (table?.head ?? []).map((way, index) => ({ way, call: codesIn(row[0])[0] ?? '', shown: row[index] ?? '' })).slice(2),
);

describe('docs/concepts/revocation.md', () => {
  it('has all calls and all ways', () => {
    expect(cells.map(({ call }) => call)).toEqual(Object.keys(CALLS).flatMap((call) => [call, call, call]));
    expect(table?.head.slice(2)).toEqual(Object.keys(WAYS));
  });

  it.each(cells)('says what $call ends: $way', async ({ way, call, shown }) => {
    const app = appOf(way);
    const services: Services = {
      cognito: app.get<CognitoService>(CognitoService),
      admin: app.get<CognitoAdminService>(CognitoAdminService),
    };
    const signed = await signIn(services.cognito);
    expect(await stateOf(app, signed)).toBe('until it expires');
    await CALLS[call]?.(services, signed);
    expect(await stateOf(app, signed)).toBe(shown);
  });

  it('revokes for reasons of the application', async () => {
    const app = appOf('`store`');
    const signed = await signIn(app.get<CognitoService>(CognitoService));
    const { sub } = await app.get(CognitoService).getUser(signed.tokens.accessToken);
    await app.get(Contracts).end(sub);
    expect(await stateOf(app, signed)).toBe('refused');
  });
});

describe('docs/concepts/tokens-and-keys.md', () => {
  it('has the times of the verifier', () => {
    const { jwksMaxAge, jwksCooldown, jwksRetryDelay, jwksTimeout, jwksMaxStale } = VERIFIER_DEFAULTS;
    const times = rowsOf('concepts/tokens-and-keys.md', 'setting').map(([, value = '']) => milliseconds(value));
    expect(times).toEqual([jwksMaxAge, jwksCooldown, jwksRetryDelay, jwksTimeout, jwksMaxStale]);
  });
});

function milliseconds(text: string): number {
  const units: Readonly<Record<string, number>> = { second: 1_000, minute: 60_000, hour: 3_600_000 };
  const [, number = '', unit = ''] = /^(\d+) (\w+?)s?$/.exec(text) ?? [];
  return Number(number) * (units[unit] ?? Number.NaN);
}
