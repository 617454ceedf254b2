import type { CognitoAdminService } from '../../lib/admin/cognito-admin.service.js';
import type { ProviderIdentity } from '../../lib/admin/admin-federation.js';
import { type Person, POOL_KINDS, KIND_OPTIONS, World } from '../user/world.js';

const CORP = { ProviderName: 'Corp', ProviderType: 'OIDC' as const, AttributeMapping: { email: 'mail' } };

describe.each(POOL_KINDS)('identities of users of a pool of %s', (pool) => {
  let world: World;
  let admin: CognitoAdminService;
  let ann: Person;
  let username: string;

  beforeEach(async () => {
    world = await World.start([{ name: pool, ...KIND_OPTIONS[pool], identityProviders: ['Google', CORP] }]);
    ({ admin } = world.services(pool, 'public'));
    ann = world.resident(pool);
    ({ username } = await admin.getUser(ann.username));
  });

  afterEach(() => world.stop());

  const google = (subject: string): ProviderIdentity => ({ provider: 'Google', subject });

  it('are linked, listed and removed', async () => {
    await admin.federation.link({ username, ...google('123') });

    await expect(admin.federation.identitiesOf(ann.login)).resolves.toEqual([
      {
        provider: 'Google',
        providerType: 'Google',
        subject: '123',
        primary: false,
        createdAt: expect.any(Number) as number,
      },
    ]);
    await admin.federation.unlink(google('123'));
    await expect(admin.federation.identitiesOf(ann.login)).resolves.toEqual([]);
  });

  it('are linked by an attribute that the pool maps', async () => {
    await admin.federation.link({ username, provider: 'Corp', attribute: 'email', value: 'ann@corp.example' });

    await expect(admin.federation.identitiesOf(username)).resolves.toMatchObject([
      { provider: 'Corp', providerType: 'OIDC', subject: 'ann@corp.example' },
    ]);
  });

  it.each<[string, ProviderIdentity & { readonly to?: 'nobody' }, string]>([
    ['a user who does not exist', { ...google('1'), to: 'nobody' }, 'USER_NOT_FOUND'],
    ['a provider that the pool does not have', { provider: 'Nobody', subject: '1' }, 'PARAMETER_INVALID'],
    ['an attribute that it does not map', { provider: 'Corp', attribute: 'name', value: 'x' }, 'PARAMETER_INVALID'],
    ['a social provider by an attribute', { provider: 'Google', attribute: 'email', value: 'x' }, 'PARAMETER_INVALID'],
  ])('are not linked for %s', async (_, { to, ...identity }, code) => {
    await expect(admin.federation.link({ username: to ?? username, ...identity })).rejects.toMatchObject({ code });
  });

  it('are not linked twice, to two users, or more than five', async () => {
    const { username: other } = await admin.getUser(world.resident(pool).username);
    await admin.federation.link({ username, ...google('1') });

    await expect(admin.federation.link({ username, ...google('1') })).rejects.toMatchObject({
      code: 'PARAMETER_INVALID',
    });
    await expect(admin.federation.link({ username: other, ...google('1') })).rejects.toMatchObject({
      code: 'ALIAS_EXISTS',
    });
    for (const subject of ['2', '3', '4', '5']) {
      await admin.federation.link({ username, ...google(subject) });
    }
    await expect(admin.federation.link({ username, ...google('6') })).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });

  it('are nobody’s to remove if nobody has them', async () => {
    await expect(admin.federation.unlink(google('9'))).rejects.toMatchObject({ code: 'USER_NOT_FOUND' });
    await expect(admin.federation.identitiesOf('nobody')).rejects.toMatchObject({ code: 'USER_NOT_FOUND' });
  });

  it.each([
    [{ provider: '', subject: '1' }, /"provider"/],
    [{ provider: 'Google', subject: '' }, /"subject"/],
    [{ provider: 'Corp', attribute: '', value: 'x' }, /"attribute"/],
    [{ provider: 'Corp', attribute: 'email', value: '' }, /"value"/],
    [{ provider: 'Corp' } as ProviderIdentity, /"attribute"/],
  ])('are named completely: %j', async (identity, message) => {
    await expect(admin.federation.unlink(identity)).rejects.toThrow(message);
    await expect(admin.federation.link({ username, ...identity })).rejects.toThrow(message);
  });
});
