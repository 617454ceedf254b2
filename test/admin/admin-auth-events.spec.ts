import type { CognitoAdminService } from '../../lib/admin/cognito-admin.service.js';
import type { CognitoService } from '../../lib/user/cognito.service.js';
import { PASSWORD, type Person, World } from '../user/world.js';
import { all } from './all.js';

describe('the history of users', () => {
  let world: World;
  let service: CognitoService;
  let admin: CognitoAdminService;
  let ann: Person;

  beforeAll(async () => {
    world = await World.start([
      { name: 'watched', UserPoolTier: 'PLUS', UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' } },
      { name: 'unwatched' },
    ]);
    ({ service, admin } = world.services('watched', 'public'));
  });

  afterAll(() => world.stop());

  beforeEach(async () => {
    ann = world.resident('watched');
    await expect(service.authenticate({ username: ann.username, password: 'Wrong-Horse-9' })).rejects.toThrow();
    world.pass(1000);
    await service.authenticate({ username: ann.username, password: PASSWORD });
  });

  it('has what they did, newest first', async () => {
    await expect(all(admin.authEvents.list(ann.username))).resolves.toMatchObject([
      {
        id: expect.any(String) as string,
        type: 'SignIn',
        response: 'Pass',
        createdAt: expect.any(Number) as number,
        risk: { decision: 'NoRisk', compromisedCredentials: false },
        challenges: [{ name: 'Password', response: 'Success' }],
        context: { ipAddress: '127.0.0.1' },
      },
      { type: 'SignIn', response: 'Fail', challenges: [{ name: 'Password', response: 'Failure' }] },
    ]);
  });

  it('comes in pages', async () => {
    const events = admin.authEvents.list(ann.username);
    const first = await events.page({ limit: 1 });
    const second = await events.page({ limit: 1, cursor: first.cursor });

    expect([first.items, second.items]).toMatchObject([[{ response: 'Pass' }], [{ response: 'Fail' }]]);
  });

  it.each([true, false])('keeps what is said about an event: %p', async (valid) => {
    const [event] = await all(admin.authEvents.list(ann.username));

    await admin.authEvents.setFeedback({ username: ann.username, eventId: event?.id ?? '', valid });

    const [told] = await all(admin.authEvents.list(ann.username));
    expect(told?.feedback).toMatchObject({ valid, createdAt: expect.any(Number) as number });
  });

  it('is refused with the reason', async () => {
    const unwatched = world.services('unwatched', 'public').admin;
    const { username } = world.resident('unwatched');
    const about = { username: ann.username, eventId: 'none', valid: true };

    await expect(all(admin.authEvents.list('nobody'))).rejects.toMatchObject({ code: 'USER_NOT_FOUND' });
    await expect(all(unwatched.authEvents.list(username))).rejects.toMatchObject({ code: 'ADD_ON_NOT_ENABLED' });
    await expect(admin.authEvents.setFeedback(about)).rejects.toMatchObject({ code: 'RESOURCE_NOT_FOUND' });
    await expect(admin.authEvents.setFeedback({ ...about, valid: 'yes' as never })).rejects.toThrow(/"valid"/);
  });
});
