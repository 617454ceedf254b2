import type { UserSession } from '../../lib/client/shapes/user-session.js';
import type { CognitoService } from '../../lib/user/cognito.service.js';
import { signIn } from './factors.js';
import { trackSessions } from './track-sessions.js';
import { CLIENT_KINDS, World } from './world.js';

describe.each(CLIENT_KINDS)('sessions through a %s client', (kind) => {
  let world: World;
  let cognito: CognitoService;

  beforeAll(async () => {
    world = await World.start([{ name: 'tracked' }, { name: 'untracked' }]);
    cognito = world.services('tracked', kind).service;
    await trackSessions(world, 'tracked');
  });

  afterAll(() => world.stop());

  it('are listed, with the current one marked', async () => {
    const person = world.resident('tracked');
    await signIn(cognito, person);
    const { accessToken } = await signIn(cognito, person);
    const { clientId } = world.cognito.pool('tracked').moduleOptions({ client: kind });

    const sessions = await all(cognito, accessToken);

    expect(sessions.map(({ current }) => current).sort()).toEqual([false, true]);
    expect(sessions.find(({ current }) => current)).toMatchObject({
      id: expect.stringMatching(/^tkn/) as string,
      type: 'TOKEN',
      clientId,
      createdAt: expect.any(Number) as number,
      lastActiveAt: expect.any(Number) as number,
      lastIpAddress: expect.any(String) as string,
    });
  });

  it('are ended one by one', async () => {
    const person = world.resident('tracked');
    const lost = await signIn(cognito, person);
    const { accessToken } = await signIn(cognito, person);
    const other = (await all(cognito, accessToken)).find(({ current }) => !current);

    await cognito.sessions.revoke({ accessToken, sessionId: other?.id ?? '', revokeLinked: true });

    await expect(cognito.getUser(lost.accessToken)).rejects.toMatchObject({ code: 'ACCESS_TOKEN_REVOKED' });
    await expect(cognito.renewTokens({ refreshToken: lost.refreshToken ?? '' })).rejects.toMatchObject({
      code: 'REFRESH_TOKEN_REVOKED',
    });
    await expect(all(cognito, accessToken)).resolves.toMatchObject([{ current: true }]);
  });

  it('reject the end of the current one', async () => {
    const { accessToken } = await signIn(cognito, world.resident('tracked'));
    const [own] = await all(cognito, accessToken);

    await expect(cognito.sessions.revoke({ accessToken, sessionId: own?.id ?? '' })).rejects.toMatchObject({
      code: 'USER_SESSION_CURRENT',
    });
  });

  it('are empty where the pool does not track them', async () => {
    const { service } = world.services('untracked', kind);
    const { accessToken } = await signIn(service, world.resident('untracked'));

    await expect(all(service, accessToken)).resolves.toEqual([]);
  });
});

async function all({ sessions }: CognitoService, accessToken: string): Promise<UserSession[]> {
  const list: UserSession[] = [];
  for await (const session of sessions.list(accessToken)) {
    list.push(session);
  }
  return list;
}
