import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { methodsOf } from './support/declarations.js';
import { codesIn, root, rowsOf, tablesOf } from './support/page.js';

const PAGE = 'reference/services.md';

const CLASSES: Readonly<Record<string, string>> = {
  CognitoService: 'lib/user/cognito.service.ts',
  CognitoAttributes: 'lib/user/user-attributes.ts',
  CognitoMfa: 'lib/user/user-mfa.ts',
  CognitoDevices: 'lib/user/user-devices.ts',
  CognitoPasskeys: 'lib/user/user-passkeys.ts',
  CognitoSessions: 'lib/user/user-sessions.ts',
  TokenSession: 'lib/user/token-session.ts',
  CognitoAdminService: 'lib/admin/cognito-admin.service.ts',
  AdminGroups: 'lib/admin/admin-groups.ts',
  AdminMfa: 'lib/admin/admin-mfa.ts',
  AdminDevices: 'lib/admin/admin-devices.ts',
  AdminSessions: 'lib/admin/admin-sessions.ts',
  CognitoOAuthService: 'lib/oauth/cognito-oauth.service.ts',
  BrowserSessionService: 'lib/http/session/browser-session.service.ts',
  CognitoClient: 'lib/client/cognito-client.ts',
  TokenVerifier: 'lib/tokens/token-verifier.ts',
  TokenRevoker: 'lib/tokens/revocation/token-revoker.ts',
  Tenants: 'lib/tokens/tenants/tenants.ts',
  ConnectionExpiry: 'lib/auth/connections/connection-expiry.ts',
};

/** Called by this package and by Nest, not by applications. */
const FRAMEWORK = new Set(['observe', 'onApplicationShutdown']);

/** Operations that the TSDoc of a method does not name in parentheses. */
const UNNAMED: Readonly<Record<string, readonly string[]>> = {
  'CognitoOAuthService.clientToken': ['GetClientToken'],
  'TokenSession.renew': ['GetTokensFromRefreshToken'],
};

/** `AdminGetUser, ListUsers` of "(AdminGetUser, ListUsers)". */
function operationsOf(doc: string): string[] {
  const [, listed = ''] =
    /\(([A-Z][A-Za-z]+[a-z][A-Z][A-Za-z]+(?:, [A-Z][A-Za-z]+)*|SignUp|ListUsers)\)/.exec(doc) ?? [];
  return listed === '' ? [] : listed.split(', ');
}

describe.each(Object.entries(CLASSES))('docs/reference/services.md, %s', (name, file) => {
  const rows = rowsOf(PAGE, `method of \`${name}\``);
  const methods = methodsOf(file, name).filter((method) => !FRAMEWORK.has(method.name));

  it('has a row for each method, and no other', () => {
    const shown = rows.map(([cell]) => (codesIn(cell)[0] ?? '').replace(/\(.*/, ''));
    expect(shown.sort()).toEqual(methods.map((method) => method.name).sort());
  });

  it('names the operations that the method names', () => {
    const columns = rows[0]?.length ?? 0;
    const shown = rows.map(([cell, operations]) => [
      (codesIn(cell)[0] ?? '').replace(/\(.*/, ''),
      columns === 3 ? codesIn(operations) : [],
    ]);
    const expected = methods.map((method) => [
      method.name,
      UNNAMED[`${name}.${method.name}`] ?? operationsOf(method.doc),
    ]);
    expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(expected));
  });
});

describe('docs/reference/services.md', () => {
  it('names the operations that the code sends, all of them', () => {
    const shown = tablesOf(PAGE)
      .filter(({ head }) => head[1] === 'operation')
      .flatMap(({ rows }) => rows.flatMap(([, operations]) => codesIn(operations)));
    expect([...new Set(shown)].sort()).toEqual([...operationsIn('user', 'admin', 'sign-in', 'oauth')].sort());
  });

  it('has a table for each service that it lists', () => {
    const listed = rowsOf(PAGE, 'service').map(([cell]) => codesIn(cell)[0] ?? '');
    expect(listed.filter((name) => !(name in CLASSES))).toEqual([]);
  });
});

/** The first argument of each `send('...')` in these folders. */
function operationsIn(...folders: readonly string[]): Set<string> {
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, 'lib', folder)).map((file) => readFileSync(join(root, 'lib', folder, file), 'utf8')),
  );
  return new Set(files.flatMap((text) => [...text.matchAll(/\bsend\(\s*'([A-Z]\w+)'/g)].map(([, name = '']) => name)));
}
