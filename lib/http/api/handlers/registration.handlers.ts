import { Injectable } from '@nestjs/common';

import { CognitoServiceError } from '../../../errors/cognito-service-error.js';
import type { MandateErrorCode } from '../../../errors/error-codes.js';
import { MandateError } from '../../../errors/mandate-error.js';
import type { Registration } from '../../../user/registration.flow.js';
import type { AuthApiCall } from '../auth-api-call.js';
import { AuthApiHandler } from '../auth-api-handler.js';
import type { AuthApiInputs, AuthApiOutputs } from '../auth-api-types.js';
import { policyViolation } from '../password-policy.js';
import { checksCode, sendsCode } from './hidden-users.js';

/**
 * Signs up a new user (SignUp). A username that is taken is answered like one that is free, unless `revealUsers` is set; no
 * code is sent then.
 *
 * @publicApi
 */
@Injectable()
export class RegisterHandler extends AuthApiHandler<'register'> {
  async handle(input: AuthApiInputs['register'], call: AuthApiCall): Promise<AuthApiOutputs['register']> {
    const registration = await this.signUp(input, call);
    const { delivery, autoSignIn, responses } = this.api;
    // For a username that is taken too: without it everybody could tell.
    const session = autoSignIn ? await delivery.signedUp(registration?.session, input.username, call) : undefined;
    return responses.registration(registration, session);
  }

  /** Undefined for a username that is taken, and for a code that could not be sent. */
  protected async signUp(input: AuthApiInputs['register'], call: AuthApiCall): Promise<Registration | undefined> {
    const { username, password, attributes } = input;
    const context = this.api.contextOf(call);
    const registration = await sendsCode(this.api, async () =>
      this.api.cognito.register({ username, password, attributes, ...context }),
    );
    if (registration === undefined) {
      this.#assertPassword(password);
    }
    return registration;
  }

  /** Cognito finds that a username is taken before it looks at the password: a weak one must not tell. */
  #assertPassword(password: string | undefined): void {
    const violation = password === undefined ? undefined : policyViolation(this.api.passwordPolicy, password);
    if (violation !== undefined) {
      throw new CognitoServiceError({
        operation: 'SignUp',
        exception: 'InvalidPasswordException',
        text: `Password did not conform with policy: ${violation}`,
      });
    }
  }
}

const SESSION_REFUSED: ReadonlySet<MandateErrorCode> = new Set(['SESSION_INVALID', 'SESSION_EXPIRED', 'SESSION_USED']);

/**
 * Confirms a sign-up (ConfirmSignUp), and with `autoSignIn` signs the user in where Cognito allows it. A code that is wrong,
 * expired or not sent at all is answered CODE_MISMATCH, unless `revealUsers` is set.
 *
 * @publicApi
 */
@Injectable()
export class ConfirmSignUpHandler extends AuthApiHandler<'confirm'> {
  async handle(input: AuthApiInputs['confirm'], call: AuthApiCall): Promise<AuthApiOutputs['confirm']> {
    const { cognito, delivery, responses } = this.api;
    const { username, code } = input;
    const given = await delivery.signUpSession(input, call);
    const request = { username, code, ...this.api.contextOf(call) };
    const { session } = await checksCode(this.api, async () =>
      cognito.confirmSignUp({ ...request, session: given }).catch(async (error: unknown) => {
        if (error instanceof MandateError && SESSION_REFUSED.has(error.code)) {
          // It is for the sign-in that would follow. The code alone confirms the sign-up.
          return cognito.confirmSignUp(request);
        }
        throw error;
      }),
    );
    if (this.api.autoSignIn && session !== undefined) {
      const outcome = await this.#signIn(username, session, call);
      if (outcome !== undefined) {
        return outcome;
      }
    }
    delivery.abandoned(call);
    return responses.confirmation();
  }

  /** The sign-up is confirmed in any case: if Cognito refuses the sign-in, the user signs in in the usual way. */
  async #signIn(
    username: string,
    session: string,
    call: AuthApiCall,
  ): Promise<AuthApiOutputs['authenticate'] | undefined> {
    const { cognito, delivery } = this.api;
    const request = { flow: 'USER_AUTH', username, session, ...this.api.contextOf(call) } as const;
    const outcome = await cognito.authenticate(request).catch((error: unknown) => {
      if (error instanceof CognitoServiceError) {
        return undefined;
      }
      throw error;
    });
    return outcome && delivery.outcome(outcome, username, call);
  }
}

/**
 * Sends the code of a sign-up again (ResendConfirmationCode). The answer does not tell whether there was anybody to send one
 * to, unless `revealUsers` is set.
 *
 * @publicApi
 */
@Injectable()
export class ResendCodeHandler extends AuthApiHandler<'resendCode'> {
  async handle({ username }: AuthApiInputs['resendCode'], call: AuthApiCall): Promise<AuthApiOutputs['resendCode']> {
    const { cognito, responses } = this.api;
    const context = this.api.contextOf(call);
    const delivery = await sendsCode(this.api, async () => cognito.resendConfirmationCode({ username, ...context }));
    return responses.codeSent(delivery);
  }
}
