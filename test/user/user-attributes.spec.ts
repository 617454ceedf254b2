import { type AttributesOf, defineAttributes } from '../../lib/attributes/attribute-definitions.js';
import type { CognitoAdminService } from '../../lib/admin/cognito-admin.service.js';
import type { CognitoService } from '../../lib/user/cognito.service.js';
import type { LocalPoolOptions } from '../../lib/testing/index.js';
import { signIn } from './factors.js';
import { CLIENT_KINDS, PASSWORD, World } from './world.js';

const MEMBERS: LocalPoolOptions = {
  name: 'members',
  AutoVerifiedAttributes: ['email', 'phone_number'],
  Schema: [
    { Name: 'tenant', AttributeDataType: 'String', Mutable: true },
    { Name: 'level', AttributeDataType: 'Number', Mutable: true },
    { Name: 'newsletter', AttributeDataType: 'Boolean', Mutable: true },
    { Name: 'badge', AttributeDataType: 'String', Mutable: false },
  ],
};
const CAREFUL: LocalPoolOptions = {
  name: 'careful',
  AutoVerifiedAttributes: ['email'],
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
};

const attributes = defineAttributes({
  firstName: 'given_name',
  home: 'address',
  changedAt: 'updated_at',
  tenant: 'custom:tenant',
  level: { name: 'custom:level', type: 'number' },
  newsletter: { name: 'custom:newsletter', type: 'boolean' },
});
type Member = AttributesOf<typeof attributes>;

describe.each(CLIENT_KINDS)('attributes through a %s client', (kind) => {
  let world: World;
  let plain: CognitoService;
  let members: CognitoService<Member>;
  let admin: CognitoAdminService<Member>;

  beforeAll(async () => {
    world = await World.start([MEMBERS, CAREFUL]);
    plain = world.services('members', kind).service;
    ({ service: members, admin } = world.services<Member>('members', kind, { attributes }));
  });

  afterAll(() => world.stop());

  const token = async (): Promise<string> => (await signIn(plain, world.resident('members'))).accessToken;

  it('have their types; custom ones are strings', async () => {
    const accessToken = await token();
    const home = { formatted: 'Unter den Linden 1', country: 'DE' };

    await plain.attributes.update({
      accessToken,
      attributes: { address: home, updated_at: 1_700_000_000, 'custom:tenant': 'acme', 'custom:level': '7' },
    });

    await expect(plain.attributes.get(accessToken)).resolves.toMatchObject({
      email_verified: true,
      address: home,
      updated_at: 1_700_000_000,
      'custom:tenant': 'acme',
      'custom:level': '7',
    });
  });

  it('have the application’s names and types', async () => {
    const accessToken = await token();
    const mine: Member = {
      firstName: 'Ann',
      home: { formatted: 'Unter den Linden 1' },
      changedAt: 1_700_000_000,
      tenant: 'acme',
      level: 7,
      newsletter: false,
    };

    await members.attributes.update({ accessToken, attributes: mine });

    await expect(members.attributes.get(accessToken)).resolves.toMatchObject(mine);
    await expect(members.getUser(accessToken)).resolves.toMatchObject({ attributes: mine });
    await expect(plain.attributes.get(accessToken)).resolves.toMatchObject({
      given_name: 'Ann',
      'custom:level': '7',
      'custom:newsletter': 'false',
    });
  });

  it('have them at sign-up and for administrators too', async () => {
    const { username, email } = world.somebody('members');
    const request = { username, password: PASSWORD, attributes: { email, firstName: 'Ann', level: 7 } };
    await members.register(request);

    await admin.updateProfile({ username, attributes: { level: 8, newsletter: true } });

    await expect(admin.getUser(username)).resolves.toMatchObject({
      attributes: { email, firstName: 'Ann', level: 8, newsletter: true },
    });
  });

  it('are deleted by name', async () => {
    const accessToken = await token();
    await members.attributes.update({ accessToken, attributes: { firstName: 'Ann', level: 7 } });

    await members.attributes.delete({ accessToken, names: ['level', 'firstName'] });

    const left = await members.attributes.get(accessToken);
    expect(left).not.toHaveProperty('level');
    expect(left).not.toHaveProperty('firstName');
  });

  it.each([
    ['that does not exist', { 'custom:nonsense': 'x' }, 'ATTRIBUTE_UNKNOWN'],
    ['that cannot be changed', { 'custom:badge': 'gold' }, 'ATTRIBUTE_IMMUTABLE'],
    ['that Cognito sets', { sub: 'x' }, 'ATTRIBUTE_IMMUTABLE'],
  ])('reject one %s', async (_, update, code) => {
    const accessToken = await token();
    await plain.attributes.update({ accessToken, attributes: { nickname: 'Annie' } });

    const change = { ...update, nickname: 'Anna' };
    await expect(plain.attributes.update({ accessToken, attributes: change })).rejects.toMatchObject({ code });

    await expect(plain.attributes.get(accessToken)).resolves.toMatchObject({ nickname: 'Annie' });
  });

  it('verify an e-mail address and a phone number by code', async () => {
    const accessToken = await token();
    const { email, phone } = world.somebody('members');

    const deliveries = await plain.attributes.update({ accessToken, attributes: { email, phone_number: phone } });
    expect(deliveries.map(({ medium, attribute }) => [medium, attribute]).sort()).toEqual([
      ['EMAIL', 'email'],
      ['SMS', 'phone_number'],
    ]);
    await expect(plain.attributes.get(accessToken)).resolves.toMatchObject({
      email_verified: false,
      phone_number_verified: false,
    });

    await plain.attributes.validateVerification({ accessToken, code: world.code(email) });
    await plain.attributes.sendVerification({ accessToken, attribute: 'phone_number' });
    const code = world.code(phone);
    await plain.attributes.validateVerification({ accessToken, attribute: 'phone_number', code });

    await expect(plain.attributes.get(accessToken)).resolves.toMatchObject({
      email_verified: true,
      phone_number_verified: true,
    });
  });

  it('are not verified by a wrong or an expired code', async () => {
    const { accessToken, refreshToken = '' } = await signIn(plain, world.resident('members'));
    const { email } = world.somebody('members');
    await plain.attributes.update({ accessToken, attributes: { email } });
    const code = world.code(email);

    const wrong = plain.attributes.validateVerification({ accessToken, code: code === '000000' ? '000001' : '000000' });
    await expect(wrong).rejects.toMatchObject({ code: 'CODE_MISMATCH' });

    world.pass(25 * 60 * 60 * 1_000);
    const renewed = await plain.renewTokens({ refreshToken });
    const old = plain.attributes.validateVerification({ accessToken: renewed.accessToken, code });
    await expect(old).rejects.toMatchObject({ code: 'CODE_EXPIRED' });
  });

  it('keep the old e-mail address until the new one is verified, where the pool requires it', async () => {
    const { service } = world.services('careful', kind);
    const person = world.resident('careful');
    const { accessToken } = await signIn(service, person);
    const { email } = world.somebody('careful');

    await service.attributes.update({ accessToken, attributes: { email } });
    await expect(service.attributes.get(accessToken)).resolves.toMatchObject({
      email: person.email,
      email_verified: true,
    });

    await service.attributes.validateVerification({ accessToken, code: world.code(email) });
    await expect(service.attributes.get(accessToken)).resolves.toMatchObject({ email, email_verified: true });
  });
});
