import { Transform } from 'class-transformer';

import { SESSION_ID } from './constraints.js';
import { FlagField, TextField } from './field.decorators.js';

/**
 * Path parameters of a request about one session of the user.
 *
 * @publicApi
 */
export class SessionIdDto {
  @TextField(SESSION_ID, {
    description: 'The id of the session, from the list of sessions.',
    example: 'tkn0123456789abcdefghijklm01',
  })
  declare sessionId: string;
}

const REVOKE_LINKED = {
  description: 'Whether to revoke the sessions that are linked with it too.',
  default: false,
  optional: true,
} as const;

/**
 * Query of a request that revokes another session of the user. In a query the flag is the text `true` or `false`.
 *
 * @publicApi
 */
export class RevokeSessionQueryDto {
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @FlagField(REVOKE_LINKED)
  declare revokeLinked?: boolean;
}

/**
 * Body of a request that revokes another session of the user: `cognito.sessions.revoke({ accessToken, ...body })`.
 *
 * @publicApi
 */
export class RevokeSessionDto extends SessionIdDto {
  @FlagField(REVOKE_LINKED)
  declare revokeLinked?: boolean;
}
