import type { Challenge } from '../../protocol/challenge.js';
import { NewDeviceDto } from '../devices.dto.js';
import { ChoiceMember, FlagMember, ObjectMember, TextMember, UnionMember } from '../response-field.decorators.js';

import { BrowserSessionDto } from './browser-session.dto.js';
import { POSED_CHALLENGES, SHOWN_CHALLENGES, type ShownChallenge } from './challenges.js';
import { EXAMPLE } from './example-values.js';
import { TokensDto } from './tokens.dto.js';

const FORGOTTEN = {
  description: 'The key of a device that Cognito has forgotten. Delete what you stored for it.',
  example: EXAMPLE.deviceKey,
  optional: true,
} as const;

/**
 * The user is signed in: `Authenticated`.
 *
 * @publicApi
 */
export class AuthenticatedDto {
  @ChoiceMember(['AUTHENTICATED'], { description: 'The user is signed in.' })
  declare readonly status: 'AUTHENTICATED';

  @ObjectMember(() => TokensDto, { description: 'The tokens of the user.' })
  declare readonly tokens: TokensDto;

  @ObjectMember(() => NewDeviceDto, {
    description: 'A device that Cognito has not seen before. Confirm it to have it remembered.',
    optional: true,
  })
  declare readonly newDevice?: NewDeviceDto;

  @TextMember(FORGOTTEN)
  declare readonly forgottenDeviceKey?: string;
}

/**
 * Cognito requires an answer before it returns tokens: `Challenged`.
 *
 * @publicApi
 */
export class ChallengedDto {
  @ChoiceMember(['CHALLENGE'], { description: 'An answer is required.' })
  declare readonly status: 'CHALLENGE';

  @UnionMember('name', POSED_CHALLENGES, { description: 'The challenge. Send it back with the answer.' })
  declare readonly challenge: Challenge;

  @TextMember(FORGOTTEN)
  declare readonly forgottenDeviceKey?: string;
}

/**
 * The user is signed in, and the browser session of the response holds the tokens.
 *
 * @publicApi
 */
export class SignedInDto {
  @ChoiceMember(['AUTHENTICATED'], { description: 'The user is signed in.' })
  declare readonly status: 'AUTHENTICATED';

  @ObjectMember(() => BrowserSessionDto, { description: 'The browser session.' })
  declare readonly session: BrowserSessionDto;

  @FlagMember({
    description: 'Whether Cognito has not seen this browser before. Confirm the device to have it remembered.',
    example: false,
  })
  declare readonly isNewDevice: boolean;
}

/**
 * An answer is required before the user is signed in. The server keeps the session of the challenge.
 *
 * @publicApi
 */
export class ChallengeShownDto {
  @ChoiceMember(['CHALLENGE'], { description: 'An answer is required.' })
  declare readonly status: 'CHALLENGE';

  @UnionMember('name', SHOWN_CHALLENGES, { description: 'The challenge.' })
  declare readonly challenge: ShownChallenge;
}
