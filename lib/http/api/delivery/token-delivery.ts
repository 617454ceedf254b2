import type { BrowserSession } from '../../session/browser-session.js';
import type { AuthenticationOutcome, NewDevice } from '../../../protocol/authentication-outcome.js';
import type { AnswerOf, ChallengeOf, RememberedDevice } from '../../../protocol/challenge.js';
import type { AnswerableChallenge } from '../../../dto/challenge.dto.js';
import type { ConfirmedDevice } from '../../../user/user-devices.js';
import type { AuthApiCall } from '../auth-api-call.js';
import type { AuthApiInputs, AuthApiOutcome } from '../auth-api-types.js';

/**
 * An answer to a challenge, with the challenge that it belongs to.
 *
 * @publicApi
 */
export interface ChallengeAnswer {
  readonly challenge: AnswerableChallenge;
  readonly answer: AnswerOf<AnswerableChallenge>;
  readonly device?: RememberedDevice | undefined;
  /** What the user typed to sign in; undefined if it is not known any more. */
  readonly typedUsername?: string | undefined;
}

/**
 * How tokens, the sessions of challenges and the secrets of devices reach the client and come back: in bodies, or in cookies
 * that scripts cannot read.
 *
 * @publicApi
 */
export interface TokenDelivery {
  /**
   * Checks that a call which is not authenticated by a token of its own comes from a page of the application.
   *
   * @throws MandateError CSRF_CHECK_FAILED
   */
  assertOwnPage(call: AuthApiCall): void;

  /**
   * Delivers the session of a sign-up. Returns it if it belongs into the body.
   *
   * @param session - undefined for a username that is taken, which must look the same.
   */
  signedUp(session: string | undefined, username: string, call: AuthApiCall): Promise<string | undefined>;

  /** The session of the sign-up that a call confirms. */
  signUpSession(input: AuthApiInputs['confirm'], call: AuthApiCall): Promise<string | undefined>;

  /** The remembered device of the client, if it belongs to the user who signs in. */
  deviceOf(input: AuthApiInputs['authenticate'], call: AuthApiCall): Promise<RememberedDevice | undefined>;

  /** The username in the challenge of a call, for the limits; undefined if there is no challenge. */
  challengedUser(input: object, call: AuthApiCall): Promise<string | undefined>;

  /** The challenge that a call answers. */
  answerOf(input: AuthApiInputs['respond'], call: AuthApiCall): Promise<ChallengeAnswer>;

  /** The challenge MFA_SETUP of a call. */
  mfaSetupOf(input: AuthApiInputs['setUpTotp'], call: AuthApiCall): Promise<ChallengeOf<'MFA_SETUP'>>;

  /** Delivers a challenge that replaces another. Returns it if it belongs into the body. */
  challengeReplaced(
    challenge: ChallengeOf<'MFA_SETUP'>,
    call: AuthApiCall,
  ): Promise<ChallengeOf<'MFA_SETUP'> | undefined>;

  /** A sign-up or a sign-in is over: its session is of no use any more. */
  abandoned(call: AuthApiCall): void;

  /** Delivers the outcome of a step. */
  outcome(
    outcome: AuthenticationOutcome,
    typedUsername: string | undefined,
    call: AuthApiCall,
  ): Promise<AuthApiOutcome>;

  /** The device of the sign-in that a call wants to be remembered. */
  newDeviceOf(input: AuthApiInputs['confirmDevice'], call: AuthApiCall): Promise<NewDevice>;

  /** Delivers the secret of a device. Returns the device if it belongs into the body. */
  deviceConfirmed(confirmed: ConfirmedDevice, call: AuthApiCall): Promise<ConfirmedDevice | undefined>;

  /** A device has been forgotten. */
  deviceForgotten(deviceKey: string, call: AuthApiCall): Promise<void>;

  /** The session of the browser, if the API delivers by cookies and the guard would accept it. */
  sessionOf(call: AuthApiCall): Promise<BrowserSession | undefined>;

  /** Ends the sign-in of a call, or all of its user. */
  signOut(input: AuthApiInputs['logout'], call: AuthApiCall): Promise<void>;

  /** The account of a call is gone: whatever the client holds is of no use any more. */
  accountDeleted(call: AuthApiCall): Promise<void>;
}
