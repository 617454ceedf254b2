import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { INestApplication } from '@nestjs/common';
import {
  type AuthenticationOutcome,
  CognitoAdminService,
  CognitoClient,
  CognitoService,
  MandateModule,
  type MandateModuleOptions,
} from 'mandate';
import { LocalCognito } from 'mandate/testing';

import { METHOD_OPERATIONS, methodName, OTHER_OPERATIONS } from '../../lib/cli/iam-policy/method-operations.js';
import { all } from '../admin/all.js';
import { signingKeysPem } from '../local/signing-keys.js';
import { RunningApps } from './migration/running-app.js';

const root = join(__dirname, '../..');
const page = readFileSync(join(root, 'docs/how-to/iam.md'), 'utf8');
const username = 'ann';
const password = 'Correct-Horse-9';
const identity = { provider: 'Google', subject: '123' };
const device = { username, deviceKey: 'us-east-1_00000000-0000-4000-8000-000000000000' };

/** A call of each method, by the name that the table has. What Cognito answers does not matter. */
const CALLS: Readonly<Record<string, (admin: CognitoAdminService) => Promise<unknown>>> = {
  createUser: (admin) => admin.createUser({ username: 'new', attributes: { email: 'new@example.com' } }),
  reinviteUser: (admin) => admin.reinviteUser({ username: 'new' }),
  confirmSignUp: (admin) => admin.confirmSignUp({ username }),
  authenticate: (admin) => admin.authenticate({ username, password, flow: 'USER_SRP_AUTH' }),
  respondToChallenge: (admin) => admin.respondToChallenge(newPasswordRequired(), { password }),
  getUser: (admin) => admin.getUser(username),
  getUsers: (admin) => all(admin.getUsers()),
  updateProfile: (admin) => admin.updateProfile({ username, attributes: { name: 'Ann' } }),
  enableUser: (admin) => admin.enableUser(username),
  disableUser: (admin) => admin.disableUser(username),
  setPassword: (admin) => admin.setPassword({ username, password }),
  resetPassword: (admin) => admin.resetPassword({ username }),
  logout: (admin) => admin.logout(username),
  'groups.create': (admin) => admin.groups.create({ name: 'editors' }),
  'groups.get': (admin) => admin.groups.get('editors'),
  'groups.update': (admin) => admin.groups.update({ name: 'editors', precedence: 1 }),
  'groups.list': (admin) => all(admin.groups.list()),
  'groups.addUser': (admin) => admin.groups.addUser({ username, group: 'editors' }),
  'groups.groupsOf': (admin) => all(admin.groups.groupsOf(username)),
  'groups.usersIn': (admin) => all(admin.groups.usersIn('editors')),
  'groups.removeUser': (admin) => admin.groups.removeUser({ username, group: 'editors' }),
  'groups.delete': (admin) => admin.groups.delete('editors'),
  'mfa.setPreference': (admin) => admin.mfa.setPreference({ username, email: { enabled: true } }),
  'mfa.factors': (admin) => admin.mfa.factors(username),
  'mfa.deleteSoftwareToken': (admin) => admin.mfa.deleteSoftwareToken(username),
  'devices.list': (admin) => all(admin.devices.list(username)),
  'devices.get': (admin) => admin.devices.get(device),
  'devices.remember': (admin) => admin.devices.remember(device),
  'devices.doNotRemember': (admin) => admin.devices.doNotRemember(device),
  'devices.forget': (admin) => admin.devices.forget(device),
  'sessions.list': (admin) => all(admin.sessions.list(username)),
  'sessions.revoke': (admin) => admin.sessions.revoke({ username, sessionId: 'session' }),
  'federation.link': (admin) => admin.federation.link({ username, ...identity }),
  'federation.unlink': (admin) => admin.federation.unlink(identity),
  'federation.identitiesOf': (admin) => admin.federation.identitiesOf(username),
  'authEvents.list': (admin) => all(admin.authEvents.list(username)),
  'authEvents.setFeedback': (admin) => admin.authEvents.setFeedback({ username, eventId: 'event', valid: true }),
  deleteUser: (admin) => admin.deleteUser(username),
};

function newPasswordRequired() {
  const parameters = { requiredAttributes: [], userAttributes: {} };
  return { name: 'NEW_PASSWORD_REQUIRED', username, session: 'a'.repeat(20), parameters } as const;
}

/** The methods of an object's class that are part of its surface. */
const methodsOf = (object: object) =>
  Object.getOwnPropertyNames(Object.getPrototypeOf(object)).filter((name) => name !== 'constructor');

describe('docs/how-to/iam.md', () => {
  const apps = new RunningApps();
  let local: LocalCognito;
  let sent: string[];
  let plain: Record<string, string[]>;
  let recorded: Record<string, string[]>;
  const send = jest.spyOn(CognitoClient.prototype, 'send');

  beforeAll(async () => {
    local = await LocalCognito.start({ pools: [{ name: 'people', keys: signingKeysPem() }] });
    local.pool().createUser({ username, password, attributes: { email: 'ann@example.com' } });
    plain = await operationsOfAll({});
    local.pool().createUser({ username, password, attributes: { email: 'ann@example.com' } });
    recorded = await operationsOfAll({ revocation: { store: 'memory' } });
  });

  afterAll(async () => {
    await apps.stop();
    await local.stop();
    send.mockRestore();
  });

  const start = (options: Partial<MandateModuleOptions>): Promise<INestApplication> =>
    apps.start({ imports: [MandateModule.forRoot({ ...local.pool().moduleOptions(), ...options })] });

  /** Which operations a call sends, in the order of the alphabet. */
  async function operationsOf(call: () => Promise<unknown>): Promise<string[]> {
    send.mockClear();
    await call().catch(() => undefined);
    sent = send.mock.calls.map(([operation]) => operation);
    return [...new Set(sent)].sort();
  }

  async function operationsOfAll(options: Partial<MandateModuleOptions>): Promise<Record<string, string[]>> {
    const admin: CognitoAdminService = (await start(options)).get(CognitoAdminService);
    const found: Record<string, string[]> = {};
    for (const [name, call] of Object.entries(CALLS)) {
      found[name] = await operationsOf(() => call(admin));
    }
    return found;
  }

  it('has a row with the permissions of each method of CognitoAdminService', async () => {
    const admin: CognitoAdminService = (await start({})).get(CognitoAdminService);
    const { groups, mfa, devices, sessions, federation, authEvents } = admin;
    const families = Object.entries({ groups, mfa, devices, sessions, federation, authEvents });
    const methods = families.flatMap(([family, object]) => methodsOf(object).map((name) => `${family}.${name}`));
    const internal = ['group', 'settings', 'membership', 'setStatus', 'device'].flatMap((name) => [
      `groups.${name}`,
      `devices.${name}`,
    ]);
    const names = [...methodsOf(admin), ...methods].filter((name) => !internal.includes(name));
    expect(Object.keys(CALLS).sort()).toEqual(names.sort());
    const table = [...page.matchAll(/^\| `admin\.([\w.]+)` +\| ([^|]+) \| ([^|]+) \|$/gm)].map((row) => [
      row[1],
      row.slice(2).map((cell) => [...cell.matchAll(/`cognito-idp:(\w+)`/g)].map(([, name]) => name)),
    ]);
    const also = (name: string) => recorded[name]?.filter((operation) => !plain[name]?.includes(operation));
    expect(Object.fromEntries(table)).toEqual(
      Object.fromEntries(Object.keys(CALLS).map((name) => [name, [plain[name], also(name)]])),
    );
  });

  it('has what an invitation reads that is sent again only where it does', async () => {
    const admin: CognitoAdminService = (await start({})).get(CognitoAdminService);
    const again = () => admin.reinviteUser({ username: 'new', deliveryMediums: ['EMAIL'] });
    expect(await operationsOf(again)).toEqual(['AdminCreateUser']);
  });

  it('has the operations that mandate iam-policy knows', () => {
    const known = Object.entries(METHOD_OPERATIONS).flatMap(([family, methods]) =>
      Object.entries(methods).map(([method, operations]) => [methodName(family, method), [...operations].sort()]),
    );
    expect(Object.fromEntries(known)).toEqual(plain);
    const more = Object.entries(recorded).flatMap(([name, all]) => all.filter((one) => !plain[name]?.includes(one)));
    expect([...new Set(more)]).toEqual(OTHER_OPERATIONS['revocation']);
  });

  it('has a policy for all methods', () => {
    const operations = new Set(Object.values(recorded).flat());
    expect(actionsOf('docs/aws/iam-all.json')).toEqual([...operations].sort());
  });

  it('has a policy for those that an application calls, and no more', () => {
    const called = ['createUser', 'getUser', 'getUsers', 'enableUser', 'disableUser', 'groups.addUser'];
    const operations = new Set(called.flatMap((name) => recorded[name] ?? []));
    expect(actionsOf('docs/aws/iam-some.json')).toEqual([...operations].sort());
  });

  it('is right that users need no credentials, and administrators do', async () => {
    const credentials = () => Promise.reject(new Error('no credentials here'));
    const app = await start({ credentials });
    local.pool().createUser({ username: 'bob', password });
    const outcome: AuthenticationOutcome = await app.get(CognitoService).authenticate({ username: 'bob', password });
    expect(outcome.status).toBe('AUTHENTICATED');
    await expect(app.get(CognitoAdminService).getUser('bob')).rejects.toMatchObject({
      code: 'AWS_CREDENTIALS_MISSING',
    });
  });
});

interface Policy {
  readonly Version: string;
  readonly Statement: readonly { readonly Effect: string; readonly Action: string[]; readonly Resource: string }[];
}

/** The names of the operations that a policy allows, after a look at the rest of it. */
function actionsOf(path: string): string[] {
  const policy = JSON.parse(readFileSync(join(root, path), 'utf8')) as Policy;
  const [statement] = policy.Statement;
  expect(policy).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: statement?.Action,
        Resource: 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbCdEfGhI',
      },
    ],
  });
  return (statement?.Action ?? []).map((action) => action.replace(/^cognito-idp:/, ''));
}
