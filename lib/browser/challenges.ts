import type { AnswerableChallengeName } from '../dto/challenge-answers.dto.js';
import type { AnswerableChallenge } from '../dto/challenge.dto.js';
import type { ShownChallenge } from '../dto/responses/challenges.js';
import type { AuthenticatedDto, ChallengedDto, ChallengeShownDto, SignedInDto } from '../dto/responses/outcome.dto.js';
import type { ChallengeAnswers, ChallengeParameters } from '../protocol/challenge.js';
import type { CallOptions } from './api-calls.js';
import type { AuthClientError } from './auth-client-error.js';

/**
 * How tokens travel: in a cookie that no script can read, or in JSON bodies.
 *
 * @publicApi
 */
export type AuthDelivery = 'cookie' | 'body';

/**
 * The outcome of a sign-in that is complete.
 *
 * @publicApi
 */
export type SignedIn<Delivery extends AuthDelivery> = Delivery extends 'body' ? AuthenticatedDto : SignedInDto;

/**
 * The outcome of one step of a sign-in. Narrow by `status`.
 *
 * @publicApi
 */
export type SignInOutcome<Delivery extends AuthDelivery> = Delivery extends 'body'
  ? AuthenticatedDto | ChallengedDto
  : SignedInDto | ChallengeShownDto;

/**
 * A challenge as the server returned it. With `delivery: 'cookie'` the rest of it stays in a cookie.
 *
 * @publicApi
 */
export type ClientChallenge<
  Delivery extends AuthDelivery,
  Name extends AnswerableChallengeName = AnswerableChallengeName,
> = Delivery extends 'body' ? Extract<AnswerableChallenge, { name: Name }> : Extract<ShownChallenge, { name: Name }>;

/**
 * The answer to one challenge, as `onChallenge` returns it.
 *
 * @publicApi
 */
export type GivenAnswer<Attributes extends object> = {
  [Name in AnswerableChallengeName]: {
    readonly name: Name;
    readonly answer: ChallengeAnswers<Attributes>[Name];
  };
}[AnswerableChallengeName];

/** The challenges that the user answers; passkeys are the browser's. */
type AskedChallengeName = Exclude<AnswerableChallengeName, 'WEB_AUTHN'>;

/**
 * What an authenticator app needs.
 *
 * @publicApi
 */
export interface TotpSecret {
  /** For the user to type in. */
  readonly secretCode: string;
  /** For a QR code. */
  readonly otpauthUri: string;
}

/** What every challenge has. */
interface Posed<Attributes extends object, Name extends AskedChallengeName> {
  readonly name: Name;
  readonly parameters: ChallengeParameters[Name];
  /** Why the previous answer to this challenge was refused, such as CODE_MISMATCH. Absent at first. */
  readonly error?: AuthClientError;
  /** Makes the answer for `onChallenge` to return. The compiler knows what this challenge requires. */
  answer(answer: ChallengeAnswers<Attributes>[Name]): GivenAnswer<Attributes>;
}

interface TotpSetup {
  /** Starts to set up an authenticator app. Show the result as a QR code, then answer with the first code of the app. */
  setUpTotp(options?: CallOptions): Promise<TotpSecret>;
}

/**
 * A challenge for the user. Narrow by `name`, and return what `answer` makes of the user's input.
 *
 * @publicApi
 */
export type PosedChallenge<Attributes extends object> = {
  [Name in AskedChallengeName]: Posed<Attributes, Name> & (Name extends 'MFA_SETUP' ? TotpSetup : unknown);
}[AskedChallengeName];
