import { OPTION_RULES } from '../../lib/module/option-rules.js';
import { resolveOptions } from '../../lib/module/resolve-options.js';
import { resolveSessionOptions } from '../../lib/http/session/resolve-session-options.js';
import { type DeclaredMember, membersOf, nestedMembersOf } from './support/declarations.js';
import { mismatchesOf, namesIn } from './support/option-tables.js';
import { codesIn, rowsOf, tablesOf } from './support/page.js';

const MODULE = 'lib/module/options.ts';
const SESSION = 'lib/http/session/browser-session.options.ts';
const OAUTH_MODULE = 'lib/http/oauth/oauth-module.options.ts';
const REVOCATION = 'lib/tokens/revocation/revocation-option.ts';

/** Functions and unions that a table describes in words. */
const described: Readonly<Record<string, string>> = { onLogin: 'a function', onError: 'a function' };
const inWords = (members: readonly DeclaredMember[]) =>
  members.map((member) => ({ ...member, type: described[member.name] ?? member.type }));

/** Page, title of the first column, and what the source declares. */
const TABLES: readonly (readonly [page: string, column: string, members: readonly DeclaredMember[]])[] = [
  [
    'reference/options.md',
    'option',
    membersOf(MODULE, 'MandateModuleOptions', 'MandateServiceOptions', 'MandateTokenOptions'),
  ],
  ['reference/options.md', 'registration', membersOf('lib/module/mandate.module.ts', 'MandateModuleExtras')],
  ['reference/options.md', 'member of `retry`', membersOf('lib/client/retry-policy.ts', 'RetryOptions')],
  ['reference/options.md', 'tenant', membersOf('lib/tokens/tenants/tenants-option.ts', 'TenantOptions')],
  [
    'reference/options.md',
    'member of `revocation`',
    membersOf(REVOCATION, 'RevocationBehavior', 'RevocationByStore', 'RevocationByCognito', 'RevocationByCheck').map(
      (member) => (member.name === 'askCognito' ? { ...member, type: 'true | { ... }' } : member),
    ),
  ],
  ['reference/options.md', 'member of `askCognito`', nestedMembersOf(REVOCATION, 'RevocationByCognito', 'askCognito')],
  ['reference/oauth-options.md', 'option of `oauth`', membersOf('lib/oauth/oauth-options.ts', 'OAuthOptions')],
  ['reference/oauth-options.md', 'registration', membersOf(OAUTH_MODULE, 'MandateOAuthModuleExtras')],
  ['reference/oauth-options.md', 'option', inWords(membersOf(OAUTH_MODULE, 'MandateOAuthModuleOptions'))],
  ['reference/oauth-options.md', 'path', membersOf(OAUTH_MODULE, 'OAuthPaths')],
  ['reference/oauth-options.md', 'member', membersOf(OAUTH_MODULE, 'ReturnToSettings')],
  ['reference/session-options.md', 'option of `session`', membersOf(SESSION, 'BrowserSessionOptions')],
  ['reference/session-options.md', 'member of `cookie`', membersOf(SESSION, 'SessionCookieOptions')],
  ['reference/session-options.md', 'member of `csrf`', membersOf(SESSION, 'CsrfOptions')],
  [
    'reference/session-options.md',
    'registration',
    membersOf('lib/http/session/mandate-session.module.ts', 'MandateSessionModuleExtras'),
  ],
];

describe.each(TABLES)('docs/%s, column "%s"', (page, column, members) => {
  it('has a row for each option, and no other', () => {
    expect([...namesIn(page, column)].sort()).toEqual(members.map(({ name }) => name).sort());
  });

  it('has the types and defaults of the source', () => {
    expect(mismatchesOf(page, column, members)).toEqual([]);
  });
});

describe('docs/reference/options.md', () => {
  const rows = new Map(rowsOf('reference/options.md', 'option').map((row) => [codesIn(row[0])[0] ?? '', row[2] ?? '']));

  it('has the defaults that the module resolves', () => {
    const resolved: Readonly<Record<string, unknown>> = {
      ...resolveOptions({ userPoolId: 'eu-west-1_AbCdEfGhI', clientId: '1h57kf5cpq17m0eml12EXAMPLE' }, {}),
    };
    const compared = [...rows].filter(([name]) => ['number', 'boolean'].includes(typeof resolved[name]));
    const shown = Object.fromEntries(compared.map(([name, cell]) => [name, cell.split(' ')[0]]));
    expect(shown).toEqual(
      Object.fromEntries(compared.map(([name]) => [name, (resolved[name] as number | boolean).toLocaleString('en')])),
    );
    expect(compared.length).toBeGreaterThan(9);
    for (const name of ['renewalMethod', 'tokenUse', 'guardCoverage']) {
      expect([name, codesIn(rows.get(name))]).toEqual([name, [resolved[name]]]);
    }
  });

  it('has the units that the rules of the options check', () => {
    const units: Readonly<Record<string, string>> = { milliseconds: 'ms' };
    const measured = [...rows].flatMap(([name, cell]) => {
      const requirement = OPTION_RULES[name as keyof typeof OPTION_RULES](-1)?.requirement ?? '';
      const [, unit] = /number of (\w+)/.exec(requirement) ?? [];
      return unit === undefined ? [] : [{ name, cell, unit: units[unit] ?? unit }];
    });
    expect(measured.length).toBeGreaterThan(5);
    expect(measured.filter(({ cell, unit }) => !cell.includes(unit))).toEqual([]);
  });

  it('has the factories of forRootAsync', () => {
    expect(namesIn('reference/options.md', 'forRootAsync').sort()).toEqual(
      ['imports', 'inject', 'provideInjectionTokensFrom', 'useClass', 'useExisting', 'useFactory'].sort(),
    );
  });

  it('has no table that nothing compares', () => {
    const compared = new Set([...TABLES.map(([, column]) => column), 'forRootAsync', 'extractor']);
    const pages = ['options.md', 'oauth-options.md', 'session-options.md'];
    const heads = pages.flatMap((page) => tablesOf(`reference/${page}`).map(({ head }) => head[0]));
    expect(heads.filter((head) => !compared.has(head ?? ''))).toEqual([]);
  });
});

describe('docs/reference/session-options.md', () => {
  it('has the defaults that sessions resolve', () => {
    const resolved = resolveSessionOptions({ secret: 'x'.repeat(32) }, undefined);
    const day = 24 * 60 * 60 * 1000;
    const shown = Object.fromEntries(
      rowsOf('reference/session-options.md', 'option of `session`').map(([name, , value]) => [
        codesIn(name)[0] ?? '',
        value,
      ]),
    );
    expect(shown).toMatchObject({
      storeTimeout: `${resolved.storeTimeout.toLocaleString('en')} ms`,
      idle: `${resolved.idle / day} days`,
      absolute: `${resolved.absolute / day} days`,
      renewBefore: `${resolved.renewBefore.toLocaleString('en')} ms`,
    });
  });
});
