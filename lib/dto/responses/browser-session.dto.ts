import { RecordMember, TextMember, TimeMember } from '../response-field.decorators.js';

import { EXAMPLE } from './example-values.js';

/**
 * The browser session of a request: `BrowserSession` of `mandate/http`. It holds no token.
 *
 * @publicApi
 */
export class BrowserSessionDto {
  @TextMember({ description: 'The id of the user.', example: EXAMPLE.sub })
  declare readonly sub: string;

  @RecordMember({
    description: 'The claims of the id token that the server keeps, and `sub`.',
    example: { sub: EXAMPLE.sub, email: 'ada@example.com' },
  })
  declare readonly claims: Readonly<Record<string, unknown>>;

  @TimeMember({ description: 'When the session was created, in milliseconds since the epoch.' })
  declare readonly createdAt: number;

  @TimeMember({
    description: 'When the session ends if nothing renews it, in milliseconds since the epoch.',
    example: 1_790_003_600_000,
  })
  declare readonly expiresAt: number;
}
