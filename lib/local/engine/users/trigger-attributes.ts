import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import { CHANNELS } from '../messages/outgoing-message.js';
import { isVerified } from './verification-flags.js';

/** The user's part of a trigger's request. */
interface TriggerUser {
  readonly userAttributes: Record<string, string>;
  readonly clientMetadata?: Record<string, string>;
}

/** The attributes that triggers receive: the user's own, the user's status, and verified aliases. */
export function triggerAttributes({ settings }: Pool, user: User): Record<string, string> {
  const names = [...(settings.UsernameAttributes ?? []), ...(settings.AliasAttributes ?? [])];
  const aliases = CHANNELS.flatMap((name): [string, string][] => {
    const value = user.attributes[name];
    const isAlias = names.includes(name) && isVerified(user.attributes, name);
    return isAlias && value !== undefined ? [[`cognito:${name}_alias`, value]] : [];
  });
  return { ...user.attributes, 'cognito:user_status': user.status, ...Object.fromEntries(aliases) };
}

/** `userAttributes` and, when the caller sent any, `clientMetadata` of a trigger's request. */
export function triggerUser({
  pool,
  user,
  clientMetadata,
}: {
  readonly pool: Pool;
  readonly user: User;
  readonly clientMetadata?: Record<string, string> | undefined;
}): TriggerUser {
  return { userAttributes: triggerAttributes(pool, user), ...(clientMetadata && { clientMetadata }) };
}
