import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import type { Environment } from '../environment.js';

type Traces = 'sessions' | 'browserSessions' | 'authorizationCodes' | 'pendingSignIns' | 'pendingAccounts';

/** Removes a user with everything that the server knows of them: a later user of the name has nothing to do with it. */
export function removeUser(environment: Pick<Environment, Traces>, pool: Pool, user: User): void {
  const { username, sub, attributes } = user;
  pool.users.remove(user);
  pool.signIns.revokeAll(sub);
  pool.authEvents.delete(sub);
  environment.sessions.forget(pool.id, username);
  environment.browserSessions.forget(pool, sub);
  environment.authorizationCodes.forget(pool.id, sub);
  const { email, phone_number: phone, preferred_username: preferred } = attributes;
  for (const name of [username, sub, email, phone, preferred]) {
    for (const clientId of name === undefined ? [] : pool.clients.keys()) {
      environment.pendingSignIns.forget(clientId, name ?? '');
      environment.pendingAccounts.forget(clientId, name ?? '');
    }
  }
}
