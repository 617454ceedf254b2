import type { ApiWorld } from './api-world.js';

/** Creates a user with a temporary password, as an administrator does. */
export async function createUser(
  { world }: ApiWorld,
  pool: string,
  username: string,
  attributes: Readonly<Record<string, string>>,
): Promise<void> {
  const { admin } = world.services(pool, 'web');
  await admin.createUser({ username, temporaryPassword: 'Temporary-9', attributes });
}
