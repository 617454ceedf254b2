import type { AttributeCodec, NamedValue } from '../attributes/attribute-codec.js';
import { requireMember } from '../protocol/protocol-error.js';

const USER_STATUSES = [
  'ARCHIVED',
  'COMPROMISED',
  'CONFIRMED',
  'EXTERNAL_PROVIDER',
  'FORCE_CHANGE_PASSWORD',
  'RESET_REQUIRED',
  'UNCONFIRMED',
  'UNKNOWN',
] as const;

/**
 * The status of a user (UserStatusType of the API). A status that this version does not know is reported as `UNKNOWN`.
 *
 * @publicApi
 */
export type UserStatus = (typeof USER_STATUSES)[number];

/** A user as administrators see it. Times in milliseconds since the epoch. */
export interface AdminUser<Attributes extends object> {
  /** The internal username; equal to `sub` in pools where e-mail address or phone number is the username. */
  readonly username: string;
  readonly attributes: Attributes;
  readonly enabled: boolean;
  readonly status: UserStatus;
  readonly createdAt?: number;
  readonly modifiedAt?: number;
  /** The second factors that are switched on; only from `getUser`. */
  readonly mfa?: readonly string[];
  readonly preferredMfa?: string;
}

/** A user in the SDK's shape: AdminGetUser says `UserAttributes` where the others say `Attributes`. */
export interface SdkUser {
  readonly Username?: string | undefined;
  readonly Attributes?: readonly NamedValue[] | undefined;
  readonly UserAttributes?: readonly NamedValue[] | undefined;
  readonly UserCreateDate?: Date | undefined;
  readonly UserLastModifiedDate?: Date | undefined;
  readonly Enabled?: boolean | undefined;
  readonly UserStatus?: string | undefined;
  readonly UserMFASettingList?: readonly string[] | undefined;
  readonly PreferredMfaSetting?: string | undefined;
}

/** From the SDK's shape. */
export function readAdminUser<Attributes extends object>(
  user: SdkUser,
  codec: AttributeCodec<Attributes>,
): AdminUser<Attributes> {
  const { UserMFASettingList: mfa, PreferredMfaSetting: preferredMfa } = user;
  return {
    username: requireMember('Username', user.Username),
    attributes: codec.decode(user.UserAttributes ?? user.Attributes),
    enabled: user.Enabled ?? true,
    status: USER_STATUSES.find((status) => status === user.UserStatus) ?? 'UNKNOWN',
    ...(user.UserCreateDate && { createdAt: user.UserCreateDate.getTime() }),
    ...(user.UserLastModifiedDate && { modifiedAt: user.UserLastModifiedDate.getTime() }),
    ...(mfa && { mfa }),
    ...(preferredMfa !== undefined && { preferredMfa }),
  };
}
