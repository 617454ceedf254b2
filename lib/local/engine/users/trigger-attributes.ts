import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';

/** A user's attributes as triggers see them: with the state, and with the aliases that sign the user in. */
export function triggerAttributes({ settings }: Pool, user: User): Record<string, string> {
  const names = [...(settings.UsernameAttributes ?? []), ...(settings.AliasAttributes ?? [])];
  const aliases = (['email', 'phone_number'] as const).flatMap((name): [string, string][] => {
    const value = user.attributes[name];
    const isAlias = names.includes(name) && user.attributes[`${name}_verified`] === 'true';
    return isAlias && value !== undefined ? [[`cognito:${name}_alias`, value]] : [];
  });
  return { ...user.attributes, 'cognito:user_status': user.status, ...Object.fromEntries(aliases) };
}
