import { AUTH_API_ROUTES, type AuthApiRoute } from '../../../../lib/http/api/auth-api-routes.js';
import type { Platform } from './api-app.js';
import type { ApiCase } from './api-case.js';
import { ApiWorld, combinationsOf } from './api-world.js';

/** Runs the cases for each combination of a platform, and looks at everything that was answered. */
export function describeRoutes(platform: Platform, cases: readonly ApiCase[]): void {
  describe.each(combinationsOf(platform))(
    'the auth API on $platform, tokens by $delivery, clients with a secret: $secret',
    (combination) => {
      const { delivery } = combination;
      let world: ApiWorld;

      beforeAll(async () => {
        world = await ApiWorld.start(combination);
        world.journal.watch();
      });

      afterAll(async () => {
        jest.restoreAllMocks();
        await world.stop();
      });

      it.each(cases.filter(({ only = delivery }) => only === delivery))('$name', async ({ run }) => {
        await run(world);
      });

      it('has answered a call of every route', () => {
        const routes = Object.entries(AUTH_API_ROUTES)
          .filter(([, route]) => !('delivery' in route) || route.delivery === delivery)
          .map(([name]) => name as AuthApiRoute);
        const succeeded = world.journal.succeeded();
        expect(routes.filter((route) => !succeeded.has(route))).toEqual([]);
      });

      it('lets no cache keep an answer', () => {
        expect(world.journal.cacheable()).toEqual([]);
      });

      it('has answered nothing by a fault of the server', () => {
        expect(world.journal.exchanges.filter(({ status }) => status >= 500)).toEqual([]);
      });

      if (delivery === 'cookie') {
        it('has given no token, no session of a challenge and no secret of a device to a script', () => {
          expect(world.journal.secrets.size).toBeGreaterThan(cases.length);
          expect(world.journal.leaks()).toEqual([]);
        });

        it('has set no cookie that a script or another site could use', () => {
          expect(world.journal.weakCookies()).toEqual([]);
        });
      } else {
        it('has set no cookie', () => {
          expect(world.journal.exchanges.filter(({ headers }) => headers['set-cookie'] !== undefined)).toEqual([]);
        });
      }
    },
  );
}
