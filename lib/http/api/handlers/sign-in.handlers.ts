import { randomUUID } from 'node:crypto';

import { Injectable, Logger } from '@nestjs/common';

import type { MandateErrorCode } from '../../../errors/error-codes.js';
import { MandateError } from '../../../errors/mandate-error.js';
import { RequestInvalidError } from '../../../errors/request-invalid-error.js';
import type { AuthenticateRequest } from '../../../sign-in/auth-requests.js';
import type { AuthApiCall } from '../auth-api-call.js';
import { AuthApiHandler } from '../auth-api-handler.js';
import type { AuthApiInputs, AuthApiOutputs } from '../auth-api-types.js';

/**
 * Signs in (InitiateAuth): returns what the client needs of the tokens, or a challenge.
 *
 * @publicApi
 */
@Injectable()
export class AuthenticateHandler extends AuthApiHandler<'authenticate'> {
  readonly #logger = new Logger('AuthApi');
  #hasWarned = false;

  async handle(input: AuthApiInputs['authenticate'], call: AuthApiCall): Promise<AuthApiOutputs['authenticate']> {
    const { cognito, delivery, revealUsers } = this.api;
    const request = await this.requestOf(input, call);
    try {
      return await delivery.outcome(await cognito.authenticate(request), input.username, call);
    } catch (error) {
      if (!revealUsers && error instanceof MandateError && error.code === 'USER_NOT_FOUND') {
        await this.#hideMissingStep(request);
        throw new MandateError('CREDENTIALS_INVALID', 'Incorrect username or password.', { cause: error });
      }
      throw error;
    }
  }

  /** An app client without PreventUserExistenceErrors refuses unknown users in the first of two steps of SRP. */
  async #hideMissingStep({ flow, username }: AuthenticateRequest): Promise<void> {
    if (!this.#hasWarned) {
      this.#hasWarned = true;
      this.#logger.warn(
        'The app client tells which users exist. Set its PreventUserExistenceErrors to ENABLED: this API can hide it only in part.',
      );
    }
    if (flow === 'USER_SRP_AUTH') {
      const challenge = { name: 'SMS_MFA', username, session: randomUUID(), parameters: {} } as const;
      // Cognito refuses it.
      await this.api.cognito.respondToChallenge(challenge, { code: '000000' }).catch(() => undefined);
    }
  }

  /**
   * The request to Cognito.
   *
   * @throws RequestInvalidError for a flow that the option `flows` does not list.
   */
  protected async requestOf(
    { username, password, flow, preferredChallenge, ...input }: AuthApiInputs['authenticate'],
    call: AuthApiCall,
  ): Promise<AuthenticateRequest> {
    const { flows } = this.api;
    const chosen = flow ?? flows[0];
    if (!flows.includes(chosen)) {
      throw new RequestInvalidError([{ field: 'flow', message: `must be one of ${flows.join(', ')}` }]);
    }
    if (password === undefined && (chosen === 'USER_SRP_AUTH' || chosen === 'USER_PASSWORD_AUTH')) {
      throw new RequestInvalidError([{ field: 'password', message: `is required for the flow ${chosen}` }]);
    }
    const device = await this.api.delivery.deviceOf({ username, ...input }, call);
    return {
      flow: chosen,
      username,
      password,
      ...(chosen === 'USER_AUTH' && { preferredChallenge, session: input.session }),
      device,
      ...this.api.contextOf(call),
    } as AuthenticateRequest;
  }
}

/** Refusals after which a sign-in goes on. */
const RETRYABLE: ReadonlySet<MandateErrorCode> = new Set<MandateErrorCode>([
  'CODE_MISMATCH',
  'CODE_USED',
  'PASSWORD_INVALID',
  'PASSWORD_REUSED',
  'ATTRIBUTE_INVALID',
  'ATTRIBUTE_REQUIRED',
  'ATTRIBUTE_UNKNOWN',
  'ATTRIBUTE_ALREADY_SET',
  'ARGUMENT_INVALID',
  'SOFTWARE_TOKEN_NOT_ENABLED',
  'SESSION_INVALID',
  // The answer was sent twice, and what the browser waits for now may be the next step.
  'SESSION_USED',
]);

/**
 * Answers a challenge (RespondToAuthChallenge).
 *
 * @publicApi
 */
@Injectable()
export class RespondHandler extends AuthApiHandler<'respond'> {
  async handle(input: AuthApiInputs['respond'], call: AuthApiCall): Promise<AuthApiOutputs['respond']> {
    const { cognito, delivery } = this.api;
    const { challenge, answer, device, typedUsername } = await delivery.answerOf(input, call);
    try {
      const outcome = await cognito.respondToChallenge(challenge, answer, { device, ...this.api.contextOf(call) });
      return await delivery.outcome(outcome, typedUsername, call);
    } catch (error) {
      if (error instanceof MandateError && error.status < 500 && error.status !== 429 && !RETRYABLE.has(error.code)) {
        delivery.abandoned(call);
      }
      throw error;
    }
  }
}

/**
 * Returns the secret of an authenticator app during a sign-in with the challenge MFA_SETUP (AssociateSoftwareToken).
 *
 * @publicApi
 */
@Injectable()
export class SetUpTotpHandler extends AuthApiHandler<'setUpTotp'> {
  async handle(input: AuthApiInputs['setUpTotp'], call: AuthApiCall): Promise<AuthApiOutputs['setUpTotp']> {
    const { cognito, delivery, responses, totpIssuer } = this.api;
    const challenge = await delivery.mfaSetupOf(input, call);
    const setup = await cognito.mfa.associateSoftwareToken({ challenge, issuer: totpIssuer });
    const replaced = setup.challenge && (await delivery.challengeReplaced(setup.challenge, call));
    return {
      ...responses.softwareToken(setup),
      ...(replaced && { challenge: replaced }),
    };
  }
}

/**
 * Renews tokens (GetTokensFromRefreshToken), with the delivery `body`.
 *
 * @publicApi
 */
@Injectable()
export class RenewHandler extends AuthApiHandler<'renew'> {
  async handle(input: AuthApiInputs['renew']): Promise<AuthApiOutputs['renew']> {
    return this.api.responses.tokens(await this.api.cognito.renewTokens(input));
  }
}

/**
 * Returns the session of the browser, with the delivery `cookie`.
 *
 * @publicApi
 */
@Injectable()
export class SessionHandler extends AuthApiHandler<'session'> {
  async handle(_: object, call: AuthApiCall): Promise<AuthApiOutputs['session']> {
    return (await this.api.delivery.sessionOf(call)) ?? null;
  }
}

/**
 * Ends a sign-in (RevokeToken), or all of the user (GlobalSignOut).
 *
 * @publicApi
 */
@Injectable()
export class LogoutHandler extends AuthApiHandler<'logout'> {
  async handle(input: AuthApiInputs['logout'], call: AuthApiCall): Promise<void> {
    await this.api.delivery.signOut(input, call);
  }
}
