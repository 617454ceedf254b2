import { FlagMember, ObjectMember, TextMember, TimeMember } from '../response-field.decorators.js';

/** The place that an address belongs to. */
class SessionLocationDto {
  @TextMember({ description: 'The city.', example: 'London', optional: true })
  declare readonly city?: string;

  @TextMember({ description: 'The country.', example: 'GB', optional: true })
  declare readonly country?: string;
}

/**
 * A session of the user in the user pool: `UserSession`.
 *
 * @publicApi
 */
export class UserSessionDto {
  @TextMember({ description: 'The id of the session.', example: 'tkn0123456789abcdefghijklm01' })
  declare readonly id: string;

  @TextMember({
    description: '`TOKEN` for a sign-in through an app client, `SSO` for one at managed login.',
    example: 'TOKEN',
    optional: true,
  })
  declare readonly type?: string;

  @TextMember({
    description: 'The app client of the sign-in.',
    example: '4examp1eclientid0123456789',
    optional: true,
  })
  declare readonly clientId?: string;

  @TextMember({ description: 'The kind of device.', example: 'BROWSER', optional: true })
  declare readonly deviceType?: string;

  @TextMember({ description: 'The last address of the session.', example: '192.0.2.7', optional: true })
  declare readonly lastIpAddress?: string;

  @ObjectMember(() => SessionLocationDto, { description: 'Where that address is.', optional: true })
  declare readonly lastLocation?: { readonly city?: string; readonly country?: string };

  @TextMember({
    description: 'The session that this one was created from.',
    example: 'sso0123456789abcdefghijklm01',
    optional: true,
  })
  declare readonly originId?: string;

  @FlagMember({ description: 'Whether it is the session of this request.', example: true, optional: true })
  declare readonly current?: boolean;

  @TimeMember({ description: 'When it was created, in milliseconds since the epoch.', optional: true })
  declare readonly createdAt?: number;

  @TimeMember({ description: 'When it was last active, in milliseconds since the epoch.', optional: true })
  declare readonly lastActiveAt?: number;
}
