import { createCognitoAdminService } from '../../lib/admin/create-cognito-admin-service.js';
import type { CognitoAdminService } from '../../lib/admin/cognito-admin.service.js';
import { AppClient } from '../../lib/client/app-client.js';
import { CognitoClient } from '../../lib/client/cognito-client.js';
import type { PagedList } from '../../lib/client/paged-list.js';
import type { TokenSet } from '../../lib/protocol/authentication-outcome.js';
import { createPoolVerifier } from '../../lib/tokens/pool-verifier.js';
import { createCognitoService } from '../../lib/user/create-cognito-service.js';
import type { CognitoService } from '../../lib/user/cognito.service.js';
import type { TokenSession } from '../../lib/user/token-session.js';
import { all } from '../admin/all.js';
import { FakeService } from '../client/fake-service.js';
import { CLIENT_ID, NOW, POOL_ID, serviceFor } from './service-under-test.js';

/** The objects whose methods applications call. */
interface Api {
  readonly service: CognitoService;
  readonly session: TokenSession<object>;
  readonly admin: CognitoAdminService;
}

/** A call with an argument of the wrong type. */
type Call = (api: Api, wrong: never) => unknown;

/** The methods of a class by the type of their first argument. */
interface Methods {
  readonly of: (api: Api) => object;
  /** A required object, an optional object, a non-empty string. */
  readonly object?: Readonly<Record<string, Call>>;
  readonly optional?: Readonly<Record<string, Call>>;
  readonly text?: Readonly<Record<string, Call>>;
  /** Methods without arguments, and private ones. */
  readonly others?: readonly string[];
}

const TOKENS: TokenSet = { accessToken: 'a', idToken: 'i', expiresAt: NOW + 3_600_000, tokenType: 'Bearer' };
const CHALLENGE = { name: 'SMS_MFA', username: 'ann', parameters: {} } as const;

const CLASSES: Readonly<Record<string, Methods>> = {
  CognitoService: {
    of: ({ service }) => service,
    object: {
      register: ({ service }, wrong) => service.register(wrong),
      confirmSignUp: ({ service }, wrong) => service.confirmSignUp(wrong),
      resendConfirmationCode: ({ service }, wrong) => service.resendConfirmationCode(wrong),
      authenticate: ({ service }, wrong) => service.authenticate(wrong),
      respondToChallenge: ({ service }, wrong) => service.respondToChallenge(wrong, wrong),
      renewTokens: ({ service }, wrong) => service.renewTokens(wrong),
      checkToken: ({ service }, wrong) => service.checkToken(wrong),
      initiateForgotPassword: ({ service }, wrong) => service.initiateForgotPassword(wrong),
      confirmForgotPassword: ({ service }, wrong) => service.confirmForgotPassword(wrong),
      updateProfile: ({ service }, wrong) => service.updateProfile(wrong),
      changePassword: ({ service }, wrong) => service.changePassword(wrong),
      sendVerification: ({ service }, wrong) => service.sendVerification(wrong),
      validateVerification: ({ service }, wrong) => service.validateVerification(wrong),
      withTokens: ({ service }, wrong) => service.withTokens(wrong),
    },
    text: {
      getUser: ({ service }, wrong) => service.getUser(wrong),
      deleteUser: ({ service }, wrong) => service.deleteUser(wrong),
      logout: ({ service }, wrong) => service.logout(wrong),
      revokeToken: ({ service }, wrong) => service.revokeToken(wrong),
    },
    // Rejects with TOKEN_MALFORMED instead.
    others: ['verifyToken'],
  },
  CognitoAttributes: {
    of: ({ service }) => service.attributes,
    object: {
      update: ({ service }, wrong) => service.attributes.update(wrong),
      delete: ({ service }, wrong) => service.attributes.delete(wrong),
      sendVerification: ({ service }, wrong) => service.attributes.sendVerification(wrong),
      validateVerification: ({ service }, wrong) => service.attributes.validateVerification(wrong),
    },
    text: { get: ({ service }, wrong) => service.attributes.get(wrong) },
  },
  CognitoMfa: {
    of: ({ service }) => service.mfa,
    object: {
      associateSoftwareToken: ({ service }, wrong) => service.mfa.associateSoftwareToken(wrong),
      verifySoftwareToken: ({ service }, wrong) => service.mfa.verifySoftwareToken(wrong),
      setPreference: ({ service }, wrong) => service.mfa.setPreference(wrong),
    },
    text: { factors: ({ service }, wrong) => service.mfa.factors(wrong) },
  },
  CognitoDevices: {
    of: ({ service }) => service.devices,
    object: {
      confirm: ({ service }, wrong) => service.devices.confirm(wrong),
      remember: ({ service }, wrong) => service.devices.remember(wrong),
      doNotRemember: ({ service }, wrong) => service.devices.doNotRemember(wrong),
      get: ({ service }, wrong) => service.devices.get(wrong),
      forget: ({ service }, wrong) => service.devices.forget(wrong),
    },
    text: { list: ({ service }, wrong) => all(service.devices.list(wrong)) },
    others: ['setStatus'],
  },
  CognitoPasskeys: {
    of: ({ service }) => service.passkeys,
    object: {
      completeRegistration: ({ service }, wrong) => service.passkeys.completeRegistration(wrong),
      delete: ({ service }, wrong) => service.passkeys.delete(wrong),
    },
    text: {
      startRegistration: ({ service }, wrong) => service.passkeys.startRegistration(wrong),
      list: ({ service }, wrong) => all(service.passkeys.list(wrong)),
    },
  },
  CognitoSessions: {
    of: ({ service }) => service.sessions,
    object: { revoke: ({ service }, wrong) => service.sessions.revoke(wrong) },
    text: { list: ({ service }, wrong) => all(service.sessions.list(wrong)) },
  },
  TokenSession: {
    of: ({ session }) => session,
    object: {
      updateProfile: ({ session }, wrong) => session.updateProfile(wrong),
      changePassword: ({ session }, wrong) => session.changePassword(wrong),
      validateVerification: ({ session }, wrong) => session.validateVerification(wrong),
    },
    optional: { sendVerification: ({ session }, wrong) => session.sendVerification(wrong) },
    others: ['tokens', 'accessToken', 'renew', 'getUser', 'logout', 'deleteUser', 'endAfter'],
  },
  CognitoAdminService: {
    of: ({ admin }) => admin,
    object: {
      createUser: ({ admin }, wrong) => admin.createUser(wrong),
      reinviteUser: ({ admin }, wrong) => admin.reinviteUser(wrong),
      confirmSignUp: ({ admin }, wrong) => admin.confirmSignUp(wrong),
      authenticate: ({ admin }, wrong) => admin.authenticate(wrong),
      respondToChallenge: ({ admin }, wrong) => admin.respondToChallenge(wrong, wrong),
      updateProfile: ({ admin }, wrong) => admin.updateProfile(wrong),
      setPassword: ({ admin }, wrong) => admin.setPassword(wrong),
      resetPassword: ({ admin }, wrong) => admin.resetPassword(wrong),
    },
    optional: { getUsers: ({ admin }, wrong) => all(admin.getUsers(wrong)) },
    text: {
      getUser: ({ admin }, wrong) => admin.getUser(wrong),
      deleteUser: ({ admin }, wrong) => admin.deleteUser(wrong),
      enableUser: ({ admin }, wrong) => admin.enableUser(wrong),
      disableUser: ({ admin }, wrong) => admin.disableUser(wrong),
      logout: ({ admin }, wrong) => admin.logout(wrong),
    },
  },
  AdminGroups: {
    of: ({ admin }) => admin.groups,
    object: {
      create: ({ admin }, wrong) => admin.groups.create(wrong),
      update: ({ admin }, wrong) => admin.groups.update(wrong),
      addUser: ({ admin }, wrong) => admin.groups.addUser(wrong),
      removeUser: ({ admin }, wrong) => admin.groups.removeUser(wrong),
    },
    optional: { list: ({ admin }, wrong) => all(admin.groups.list(wrong)) },
    text: {
      get: ({ admin }, wrong) => admin.groups.get(wrong),
      delete: ({ admin }, wrong) => admin.groups.delete(wrong),
      groupsOf: ({ admin }, wrong) => all(admin.groups.groupsOf(wrong)),
      usersIn: ({ admin }, wrong) => all(admin.groups.usersIn(wrong)),
    },
    others: ['group', 'settings', 'membership'],
  },
  AdminMfa: {
    of: ({ admin }) => admin.mfa,
    object: { setPreference: ({ admin }, wrong) => admin.mfa.setPreference(wrong) },
    text: {
      factors: ({ admin }, wrong) => admin.mfa.factors(wrong),
      deleteSoftwareToken: ({ admin }, wrong) => admin.mfa.deleteSoftwareToken(wrong),
    },
  },
  AdminDevices: {
    of: ({ admin }) => admin.devices,
    object: {
      get: ({ admin }, wrong) => admin.devices.get(wrong),
      remember: ({ admin }, wrong) => admin.devices.remember(wrong),
      doNotRemember: ({ admin }, wrong) => admin.devices.doNotRemember(wrong),
      forget: ({ admin }, wrong) => admin.devices.forget(wrong),
    },
    text: { list: ({ admin }, wrong) => all(admin.devices.list(wrong)) },
    others: ['setStatus', 'device'],
  },
  AdminSessions: {
    of: ({ admin }) => admin.sessions,
    object: { revoke: ({ admin }, wrong) => admin.sessions.revoke(wrong) },
    text: { list: ({ admin }, wrong) => all(admin.sessions.list(wrong)) },
  },
  AdminFederation: {
    of: ({ admin }) => admin.federation,
    object: {
      link: ({ admin }, wrong) => admin.federation.link(wrong),
      unlink: ({ admin }, wrong) => admin.federation.unlink(wrong),
    },
    text: { identitiesOf: ({ admin }, wrong) => admin.federation.identitiesOf(wrong) },
  },
  AdminAuthEvents: {
    of: ({ admin }) => admin.authEvents,
    object: { setFeedback: ({ admin }, wrong) => admin.authEvents.setFeedback(wrong) },
    text: { list: ({ admin }, wrong) => all(admin.authEvents.list(wrong)) },
  },
};

/** Calls whose options are of the wrong type. */
const OPTIONS: Readonly<Record<string, Call>> = {
  respondToChallenge: ({ service }, wrong) => service.respondToChallenge(CHALLENGE, { code: '1' }, wrong),
  'admin.respondToChallenge': ({ admin }, wrong) => admin.respondToChallenge(CHALLENGE, { code: '1' }, wrong),
  checkToken: ({ service }, wrong) => service.checkToken(TOKENS, wrong),
  revokeToken: ({ service }, wrong) => service.revokeToken('refresh', wrong),
  withTokens: ({ service }, wrong) => service.withTokens(TOKENS, wrong),
  'admin.groups.groupsOf': ({ admin }, wrong) => all(admin.groups.groupsOf('ann', wrong)),
  'admin.devices.list': ({ admin }, wrong) => all(admin.devices.list('ann', wrong)),
  'admin.authEvents.list': ({ admin }, wrong) => all(admin.authEvents.list('ann', wrong)),
  'admin.groups.usersIn': ({ admin }, wrong) => all(admin.groups.usersIn('staff', wrong)),
};

const WRONG_OBJECTS = [null, 'text', []];
const rows = (calls: Readonly<Record<string, Call>> | undefined, values: readonly unknown[]) =>
  Object.entries(calls ?? {}).flatMap(([name, call]) => values.map((value) => ({ name, call, value: value as never })));

describe('arguments of the wrong type', () => {
  let fake: FakeService;
  let api: Api;
  let close: () => void;

  beforeAll(async () => {
    fake = await FakeService.start();
    const { service, client: unsigned } = serviceFor({ endpoint: fake.endpoint });
    const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' };
    const signed = new CognitoClient({ region: 'eu-west-1', endpoint: fake.endpoint, credentials });
    const appClient = new AppClient({ userPoolId: POOL_ID, clientId: CLIENT_ID });
    const admin = createCognitoAdminService({ client: signed, appClient });
    api = { service, session: service.withTokens(TOKENS), admin };
    close = () => {
      unsigned.destroy();
      signed.destroy();
    };
  });

  afterAll(async () => {
    close();
    await fake.stop();
  });

  beforeEach(() => {
    fake.requests.length = 0;
  });

  const expectRejection = async (call: Call, value: never): Promise<void> => {
    // `withTokens` throws; the others reject.
    const outcome = Promise.resolve().then(() => call(api, value));
    await expect(outcome).rejects.toMatchObject({ name: 'MandateArgumentError', code: 'ARGUMENT_INVALID' });
    expect(fake.requests).toHaveLength(0);
  };

  describe.each(Object.entries(CLASSES))('to %s', (_, { of, object, optional, text, others = [] }) => {
    it('are tested with every method', () => {
      const prototype = Object.getPrototypeOf(of(api)) as object;
      const methods = Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor');
      const tried = [object, optional, text].flatMap((calls) => Object.keys(calls ?? {}));
      expect([...tried, ...others].sort()).toEqual(methods.sort());
    });

    it.each([
      ...rows(object, [undefined, ...WRONG_OBJECTS]),
      ...rows(optional, WRONG_OBJECTS),
      ...rows(text, [undefined, null, {}, '']),
    ])('$name($value) are rejected before anything is sent', ({ call, value }) => expectRejection(call, value));
  });

  it.each(rows(OPTIONS, WRONG_OBJECTS))('$name(..., $value) are rejected before anything is sent', ({ call, value }) =>
    expectRejection(call, value),
  );

  it.each<[string, (api: Api, wrong: never) => PagedList<unknown>]>([
    ['devices', ({ service }, wrong) => service.devices.list(wrong)],
    ['passkeys', ({ service }, wrong) => service.passkeys.list(wrong)],
    ['sessions', ({ service }, wrong) => service.sessions.list(wrong)],
    ['any users', ({ admin }, wrong) => admin.getUsers(wrong)],
    ["any user's devices", ({ admin }, wrong) => admin.devices.list(wrong)],
    ["any user's sessions", ({ admin }, wrong) => admin.sessions.list(wrong)],
    ['groups', ({ admin }, wrong) => admin.groups.list(wrong)],
    ["any user's groups", ({ admin }, wrong) => admin.groups.groupsOf(wrong)],
    ["a group's users", ({ admin }, wrong) => admin.groups.usersIn(wrong)],
    ['users by a wrong filter', ({ admin }) => admin.getUsers({ filter: {} as never })],
  ])('to the list of %s are rejected with the first item', async (_, list) => {
    const items = list(api, null as never);

    await expect(all(items)).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
    await expect(items.page()).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  });

  it('are rejected as tokens', async () => {
    const verifier = createPoolVerifier({ userPoolId: POOL_ID, acceptedClientIds: [CLIENT_ID] });
    const { client } = serviceFor({ endpoint: fake.endpoint });
    const appClient = new AppClient({ userPoolId: POOL_ID, clientId: CLIENT_ID });
    const service = createCognitoService({ client, appClient, verifier });

    for (const wrong of [undefined, null, {}, ''] as never[]) {
      await expect(service.verifyToken(wrong)).rejects.toMatchObject({
        code: expect.stringMatching(/^TOKEN_(MISSING|MALFORMED)$/) as string,
      });
    }
  });
});
