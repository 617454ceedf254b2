import type { AppClient } from '../../model/app-client.js';
import type { Group, Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import { identitiesClaim } from '../federation/identities.js';
import { IDENTITIES } from '../pools/standard-attributes.js';
import { isTrue } from '../users/verification-flags.js';

/** Groups and roles before triggers change them. */
export interface GroupClaims {
  readonly groups: readonly string[];
  readonly roles: readonly string[];
  /** Undefined if groups that share the lowest precedence have different roles. */
  readonly preferredRole?: string;
}

/** A user's groups, lowest precedence number first. */
export function groupsOf(pool: Pool, user: User): Group[] {
  return user.groups
    .flatMap((name) => pool.groups.get(name) ?? [])
    .sort((a, b) => rank(a) - rank(b) || a.createdAt - b.createdAt);
}

/** Values of `cognito:groups`, `cognito:roles` and `cognito:preferred_role`. */
export function groupClaims(pool: Pool, user: User): GroupClaims {
  const groups = groupsOf(pool, user);
  const withRole = groups.filter(({ roleArn }) => roleArn !== undefined);
  const best = withRole.filter((group) => rank(group) === rank(withRole[0]));
  const candidates = new Set(best.map(({ roleArn }) => roleArn));
  const [preferredRole] = candidates.size === 1 ? candidates : [];
  return {
    groups: groups.map(({ name }) => name),
    roles: [...new Set(withRole.flatMap(({ roleArn }) => roleArn ?? []))],
    ...(preferredRole !== undefined && { preferredRole }),
  };
}

/** Attributes that every client may read. */
const ALWAYS_READABLE: readonly string[] = ['sub', IDENTITIES];

/** Names of the attributes that a client may read. */
export function readableAttributes(client: AppClient, user: User): string[] {
  const allowed = client.settings.ReadAttributes;
  return Object.keys(user.attributes).filter(
    (name) => ALWAYS_READABLE.includes(name) || allowed === undefined || allowed.length === 0 || allowed.includes(name),
  );
}

/** Selects attributes by name. */
export type AttributeFilter = (name: string) => boolean;

/** A user's attributes as claims of the ID token: flags are booleans, `updated_at` a number, `address` an object. */
export function attributeClaims(
  client: AppClient,
  user: User,
  filter: AttributeFilter = () => true,
): Record<string, unknown> {
  const names = readableAttributes(client, user).filter(filter);
  return Object.fromEntries(names.map((name) => [name, claimValue(name, user.attributes[name] ?? '')]));
}

function claimValue(name: string, value: string): unknown {
  switch (name) {
    case 'email_verified':
    case 'phone_number_verified':
      return isTrue(value);
    case 'updated_at':
      return Number(value);
    case IDENTITIES:
      return identitiesClaim(value);
    case 'address':
      return { formatted: value };
    default:
      return value;
  }
}

/** Groups without a precedence are last. */
function rank(group: Group | undefined): number {
  return group?.precedence ?? Number.MAX_SAFE_INTEGER;
}
