import { CognitoClient } from '../../lib/client/cognito-client.js';
import type { World } from './world.js';

/** Enables session tracking in a pool, as an administrator does. */
export async function trackSessions(world: World, pool: string): Promise<void> {
  const options = world.cognito.pool(pool).moduleOptions();
  const client = new CognitoClient(options);
  await client.send('SetUserPoolSessionConfiguration', {
    UserPoolId: options.userPoolId,
    UserSessionTracking: 'ENABLED',
    TokenSession: { MaxPerUser: 20 },
  });
  client.destroy();
}
