import type { CognitoAdminService } from '../../lib/admin/cognito-admin.service.js';
import type { CreateUserRequest } from '../../lib/admin/admin-user-requests.js';
import type { UserAttributes } from '../../lib/attributes/user-attributes.js';
import { type Application, startApplication } from '../user/application.js';
import { CLIENT_ID, POOL_ID } from '../user/service-under-test.js';
import { challengeOf, type Person, POOL_KINDS, World } from '../user/world.js';
import { exception, FakeService, json } from '../client/fake-service.js';

describe.each(POOL_KINDS)('an invitation to a pool of %s', (pool) => {
  let world: World;
  let admin: CognitoAdminService;

  beforeAll(async () => {
    world = await World.start();
    ({ admin } = world.services(pool, 'public'));
  });

  afterAll(() => world.stop());

  const received = (address: string): number =>
    world.cognito.outbox.all({ to: address, kind: 'AdminCreateUser' }).length;

  it.each<[string, (person: Person) => UserAttributes, number, number]>([
    ['an e-mail address', ({ email }) => ({ email }), 1, 0],
    ['both', ({ email, phone }) => ({ email, phone_number: phone }), 1, 1],
  ])('reaches a user with %s', async (_, attributes, mails, messages) => {
    const person = world.somebody(pool);

    await admin.createUser({ username: person.username, attributes: attributes(person) });

    expect([received(person.email), received(person.phone)]).toEqual([mails, messages]);
  });

  it.each<[string, Partial<CreateUserRequest<UserAttributes>>, number, number]>([
    ['suppressed', { messageAction: 'SUPPRESS' }, 0, 0],
    ['sent as the request says', { deliveryMediums: ['SMS'] }, 0, 1],
  ])('is %s', async (_, request, mails, messages) => {
    const { username, email, phone } = world.somebody(pool);

    await admin.createUser({ username, attributes: { email, phone_number: phone }, ...request });

    expect([received(email), received(phone)]).toEqual([mails, messages]);
  });

  it('is sent again to the same address', async () => {
    const { username, email } = world.somebody(pool);
    await admin.createUser({ username, attributes: { email }, messageAction: 'SUPPRESS' });

    await admin.reinviteUser({ username });

    expect(received(email)).toBe(1);
  });

  it('is sent again with a new password where the first has expired', async () => {
    const { username, email } = world.somebody(pool);
    const first = 'Temporary-9';
    await admin.createUser({ username, temporaryPassword: first, attributes: { email } });
    world.pass(8 * 24 * 3_600_000);
    await expect(admin.authenticate({ username, password: first })).rejects.toMatchObject({
      code: 'TEMPORARY_PASSWORD_EXPIRED',
    });

    await admin.reinviteUser({ username, temporaryPassword: 'Temporary-10' });

    expect(received(email)).toBe(2);
    await expect(admin.authenticate({ username, password: first })).rejects.toMatchObject({
      code: 'CREDENTIALS_INVALID',
    });
    challengeOf(await admin.authenticate({ username, password: 'Temporary-10' }), 'NEW_PASSWORD_REQUIRED');
  });

  it('is not sent again to who has signed in, or does not exist', async () => {
    const { username } = world.resident(pool);

    await expect(admin.reinviteUser({ username })).rejects.toMatchObject({ code: 'USER_STATE_UNSUPPORTED' });
    await expect(admin.reinviteUser({ username: 'nobody' })).rejects.toMatchObject({ code: 'USER_NOT_FOUND' });
  });
});

const start = (fake: FakeService): Promise<Application> =>
  startApplication({
    userPoolId: POOL_ID,
    clientId: CLIENT_ID,
    endpoint: fake.endpoint,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });

describe('DesiredDeliveryMediums', () => {
  it('without an address are refused with the remedy', async () => {
    const fake = await FakeService.start();
    fake.on(
      'AdminCreateUser',
      exception('InvalidParameterException', 'No email provided but desired delivery medium was Email'),
    );
    const application = await start(fake);

    const call = application.admin.createUser({ username: 'ann', deliveryMediums: ['EMAIL'] });
    await expect(call).rejects.toMatchObject({
      code: 'ADDRESS_MISSING',
      message: 'No email provided but desired delivery medium was Email. Give the user the address as an attribute.',
    });

    await application.close();
    await fake.stop();
  });

  it.each([
    ['ann@example.com', undefined, ['EMAIL']],
    ['+15555550100', undefined, ['SMS']],
    ['ann', undefined, undefined],
    ['ann', { email: '' }, undefined],
    ['ann', { phone_number: '+15555550100' }, ['SMS']],
    ['ann@example.com', { phone_number: '+15555550100' }, ['EMAIL', 'SMS']],
    ['+15555550100', { email: 'ann@example.com' }, ['EMAIL', 'SMS']],
    ['ann@example.com', { email: 'ann@example.com' }, ['EMAIL']],
  ])('of "%s" with the attributes %j are %j', async (username, attributes, mediums) => {
    const fake = await FakeService.start();
    fake.on('AdminCreateUser', json({ User: { Username: username } }));
    const application = await start(fake);

    await application.admin.createUser({ username, attributes });

    expect(fake.sent('AdminCreateUser')[0]?.['DesiredDeliveryMediums']).toEqual(mediums);
    await application.close();
    await fake.stop();
  });
});
