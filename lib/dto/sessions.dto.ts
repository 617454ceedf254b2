import { SESSION_ID } from './constraints.js';
import { FlagField, TextField } from './field.decorators.js';

/** The body that ends another of one's sessions: `cognito.sessions.revoke({ accessToken, ...body })`. */
export class RevokeSessionDto {
  @TextField(SESSION_ID, { description: "The session's id, as the list of sessions has it." })
  declare sessionId: string;

  @FlagField({ description: 'Whether the sessions that came from it end too.', default: false, optional: true })
  declare revokeLinked?: boolean;
}
