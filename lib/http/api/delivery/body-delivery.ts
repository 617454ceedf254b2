import { randomBytes } from 'node:crypto';

import { RequestInvalidError } from '../../../errors/request-invalid-error.js';
import type { AuthenticationOutcome, NewDevice } from '../../../protocol/authentication-outcome.js';
import type { ChallengeOf, RememberedDevice } from '../../../protocol/challenge.js';
import { TokenRejectedError } from '../../../tokens/token-errors.js';
import type { CognitoService } from '../../../user/cognito.service.js';
import type { ConfirmedDevice } from '../../../user/user-devices.js';
import type { RespondToChallengeDto } from '../../../dto/challenge.dto.js';
import type { ConfirmDeviceDto } from '../../../dto/devices.dto.js';
import type { AuthApiCall } from '../auth-api-call.js';
import type { AuthApiResponses } from '../auth-api-responses.js';
import type { AuthApiInputs, AuthApiOutcome } from '../auth-api-types.js';
import type { ChallengeAnswer, TokenDelivery } from './token-delivery.js';

/** As many as those of Cognito's sessions, about. */
const SESSION_BYTES = 800;

/** Tokens, challenges and device secrets travel in JSON bodies, and the server keeps nothing. */
export class BodyDelivery implements TokenDelivery {
  constructor(
    private readonly cognito: CognitoService,
    private readonly responses: AuthApiResponses,
  ) {}

  /** No browser sends a bearer token or a body of JSON by itself. */
  assertOwnPage(): void {
    // Nothing to check.
  }

  async signedUp(session: string | undefined): Promise<string> {
    return Promise.resolve(session ?? randomBytes(SESSION_BYTES).toString('base64url'));
  }

  async signUpSession({ session }: AuthApiInputs['confirm']): Promise<string | undefined> {
    return Promise.resolve(session);
  }

  async deviceOf({ device }: AuthApiInputs['authenticate']): Promise<RememberedDevice | undefined> {
    return Promise.resolve(device);
  }

  async challengedUser({ challenge }: Partial<RespondToChallengeDto>): Promise<string | undefined> {
    return Promise.resolve(challenge?.username);
  }

  async answerOf(input: AuthApiInputs['respond']): Promise<ChallengeAnswer> {
    const { challenge, answer, device } = input as RespondToChallengeDto;
    return Promise.resolve({ challenge, answer, device });
  }

  async mfaSetupOf({ challenge }: AuthApiInputs['setUpTotp']): Promise<ChallengeOf<'MFA_SETUP'>> {
    if (challenge === undefined) {
      throw new RequestInvalidError([
        { field: 'challenge', message: 'must be the challenge MFA_SETUP of the sign-in' },
      ]);
    }
    return Promise.resolve(challenge);
  }

  async challengeReplaced(challenge: ChallengeOf<'MFA_SETUP'>): Promise<ChallengeOf<'MFA_SETUP'>> {
    return Promise.resolve(challenge);
  }

  abandoned(): void {
    // The client has it.
  }

  async outcome(outcome: AuthenticationOutcome): Promise<AuthApiOutcome> {
    if (outcome.status === 'AUTHENTICATED') {
      return Promise.resolve({ ...outcome, tokens: this.responses.tokens(outcome.tokens) });
    }
    const challenge = { ...outcome.challenge, parameters: this.responses.challengeParameters(outcome.challenge) };
    return Promise.resolve({ ...outcome, challenge } as AuthApiOutcome);
  }

  async newDeviceOf(input: AuthApiInputs['confirmDevice']): Promise<NewDevice> {
    return Promise.resolve((input as ConfirmDeviceDto).newDevice);
  }

  async deviceConfirmed(confirmed: ConfirmedDevice): Promise<ConfirmedDevice> {
    return Promise.resolve(confirmed);
  }

  async deviceForgotten(): Promise<void> {
    return Promise.resolve();
  }

  async sessionOf(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  async signOut({ everywhere = false, refreshToken }: AuthApiInputs['logout'], call: AuthApiCall): Promise<void> {
    const { accessToken } = call;
    if (everywhere) {
      if (accessToken === undefined) {
        throw new TokenRejectedError('TOKEN_MISSING');
      }
      await this.cognito.logout(accessToken);
    } else if (refreshToken === undefined) {
      throw new RequestInvalidError([
        {
          field: 'refreshToken',
          message: 'must be the refresh token of the sign-in, or "everywhere" must be true, with an access token',
        },
      ]);
    } else {
      await this.cognito.revokeToken(refreshToken, { accessToken });
    }
  }

  async accountDeleted(): Promise<void> {
    return Promise.resolve();
  }
}
