import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Test } from '@nestjs/testing';
import { MandateModule } from 'mandate';
import { MandateAuthApiModule } from 'mandate/http';

import { ERROR_STATUS } from '../../lib/errors/error-codes.js';
import { AUTH_API_ROUTE_NAMES, AUTH_API_ROUTES } from '../../lib/http/api/auth-api-routes.js';
import { routeErrors } from '../../lib/http/api/openapi/route-errors.js';
import { defaultLimits } from '../../lib/http/api/throttle/default-limits.js';

const page = readFileSync(join(__dirname, '../../docs/reference/auth-api.md'), 'utf8');

/** The text below a heading, up to the next heading of any level. */
function section(heading: string): string {
  const [, text = ''] = new RegExp(`^#+ ${heading}\\n([\\s\\S]*?)(?=^#+ )`, 'm').exec(page) ?? [];
  return text;
}

/** The cells of the rows of its tables. */
const rowsOf = (text: string): string[][] =>
  [...text.matchAll(/^\| (.+) \|$/gm)].map(([, row = '']) => row.split(' | ').map((cell) => cell.trim()));

const namesOf = (text: string): string[] => rowsOf(text).flatMap(([cell = '']) => /^`([\w.]+)`$/.exec(cell)?.[1] ?? []);

/** The options that the error about an unknown one lists. */
const knownOptions = ({ message }: Error): string[] =>
  (/Known options: ([^.]+)/.exec(message)?.[1] ?? '').split(',').map((name) => name.trim());

describe('docs/reference/auth-api.md', () => {
  it('lists every route, with its feature and its status', () => {
    const rows = [...page.matchAll(/^\| `([A-Z]+ [\w/:-]+)` +\| `(\w+)` +\| `(\w+)` +\| (\d+) /gm)];
    const routes = Object.entries(AUTH_API_ROUTES).map(([name, { method, path, feature, status }]) => [
      `${method} ${path}`,
      name,
      feature,
      String(status),
    ]);
    expect(rows.map(([, ...cells]) => cells)).toEqual(routes);
  });

  it('names the features that require a signed-in user', () => {
    const [, list = ''] = /^Routes of the features ([^.]*?) require a signed-in user/m.exec(page) ?? [];
    const guarded = Object.values(AUTH_API_ROUTES).filter((route) => 'guarded' in route);
    expect(list.match(/\w+(?=`)/g)).toEqual([...new Set(guarded.map(({ feature }) => feature))]);
    const others = Object.values(AUTH_API_ROUTES).filter((route) => !('guarded' in route));
    expect(others.filter(({ feature }) => list.includes(`\`${feature}\``))).toEqual([]);
  });

  it('lists every option', async () => {
    const error = await refusalOf({ delivery: 'body', nonsense: true });
    expect(namesOf(section('Options'))).toEqual(knownOptions(error));
  });

  it('states the limit of every route', () => {
    const rows = rowsOf(section('Limits')).filter(([cell = '']) => !/^routes$|^-+$/.test(cell));
    const stated = (route: string): string[] =>
      (rows.find(([cell = '']) => cell.includes(`\`${route}\``)) ?? rows.at(-1) ?? []).slice(1);
    const text = (limit: { limit: number; ttl: number } | null | undefined): string =>
      limit ? `${limit.limit} in ${limit.ttl / 60_000} minute${limit.ttl === 60_000 ? '' : 's'}` : 'no limit';
    for (const route of AUTH_API_ROUTE_NAMES) {
      const { address, user } = defaultLimits(route);
      expect([route, ...stated(route)]).toEqual([route, text(address), text(user)]);
    }
  });

  it('lists the codes of every route', () => {
    for (const route of AUTH_API_ROUTE_NAMES) {
      const [, line = ''] = new RegExp(`^- \`${route}\`: (.*)$`, 'm').exec(page) ?? [];
      const { codes, revealing = [] } = routeErrors(route);
      const listed = line.match(/(?<=\[)\w+(?=\])/g) ?? [];
      expect([route, ...listed]).toEqual([route, ...new Set([...codes, ...revealing])]);
      expect(listed.filter((code) => !(code in ERROR_STATUS))).toEqual([]);
    }
  });
});

/** How an application refuses to start with these options. */
async function refusalOf(options: object): Promise<Error> {
  const settings = options as Parameters<typeof MandateAuthApiModule.forRoot>[0];
  const start = async (): Promise<unknown> =>
    Test.createTestingModule({
      imports: [
        MandateModule.forRoot({ userPoolId: 'eu-west-1_AbCdEfGhI', clientId: '1h57kf5cpq17m0eml12EXAMPLE' }),
        await MandateAuthApiModule.forRoot(settings),
      ],
    }).compile();
  return start().then(
    () => Promise.reject(new Error('Expected an error.')),
    (error: unknown) => error as Error,
  );
}
