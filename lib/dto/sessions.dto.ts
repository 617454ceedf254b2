import { SESSION_ID } from './constraints.js';
import { FlagField, TextField } from './field.decorators.js';

/**
 * Body of a request that revokes another session of the user: `cognito.sessions.revoke({ accessToken, ...body })`.
 *
 * @publicApi
 */
export class RevokeSessionDto {
  @TextField(SESSION_ID, {
    description: 'The id of the session, from the list of sessions.',
    example: 'tkn0123456789abcdefghijklm01',
  })
  declare sessionId: string;

  @FlagField({
    description: 'Whether to revoke the sessions that are linked with it too.',
    default: false,
    optional: true,
  })
  declare revokeLinked?: boolean;
}
