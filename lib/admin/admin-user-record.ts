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

/**
 * A user as administrators see it.
 *
 * @publicApi
 */
export interface AdminUser<Attributes extends object> {
  /** The internal username; equal to `sub` in pools where the e-mail address or phone number is the username. */
  readonly username: string;
  /** All attributes, under the application's names. */
  readonly attributes: Attributes;
  /** Whether the user can sign in; see `disableUser`. */
  readonly enabled: boolean;
  /** For example `UNCONFIRMED`, `CONFIRMED`, `FORCE_CHANGE_PASSWORD` or `RESET_REQUIRED`. */
  readonly status: UserStatus;
  /** In milliseconds since the epoch. */
  readonly createdAt?: number;
  /** In milliseconds since the epoch. */
  readonly modifiedAt?: number;
  /** The enabled second factors: `SMS_MFA`, `SOFTWARE_TOKEN_MFA`, `EMAIL_OTP`. Only `getUser` returns them. */
  readonly mfa?: readonly string[];
  /** The preferred second factor, if there is one. Only `getUser` returns it. */
  readonly preferredMfa?: string;
}

/** A user in the SDK's shape: AdminGetUser returns `UserAttributes`, the other operations `Attributes`. */
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
