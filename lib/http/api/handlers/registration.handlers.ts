import { randomBytes } from 'node:crypto';

import { Injectable } from '@nestjs/common';

import { CognitoServiceError } from '../../../errors/cognito-service-error.js';
import { MandateError } from '../../../errors/mandate-error.js';
import type { Registration } from '../../../user/registration.flow.js';
import type { AuthApiCall } from '../auth-api-call.js';
import { AuthApiHandler } from '../auth-api-handler.js';
import type { AuthApiInputs, AuthApiOutputs } from '../auth-api-types.js';
import { policyViolation } from '../password-policy.js';
import { hideUser } from './hidden-users.js';

/** As many as those of Cognito's sessions, about. */
const SESSION_BYTES = 800;

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
    const session = this.api.autoSignIn ? this.#sessionOf(registration) : undefined;
    const shown = session && (await this.api.delivery.signedUp(session, input.username, call));
    return this.api.responses.registration(registration, shown);
  }

  /** A sign-up of a username that is taken has one too, which is good for nothing: without it everybody could tell. */
  #sessionOf(registration: Registration | undefined): string | undefined {
    return registration === undefined ? randomBytes(SESSION_BYTES).toString('base64url') : registration.session;
  }

  /** Undefined for a username that is taken. */
  protected async signUp(input: AuthApiInputs['register'], call: AuthApiCall): Promise<Registration | undefined> {
    const { username, password, attributes } = input;
    try {
      return await this.api.cognito.register({ username, password, attributes, ...this.api.contextOf(call) });
    } catch (error) {
      if (this.api.revealUsers || !(error instanceof MandateError && error.code === 'USERNAME_EXISTS')) {
        throw error;
      }
      this.#assertPassword(password);
      return undefined;
    }
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

/**
 * Confirms a sign-up (ConfirmSignUp), and with `autoSignIn` signs the user in where Cognito allows it.
 *
 * @publicApi
 */
@Injectable()
export class ConfirmSignUpHandler extends AuthApiHandler<'confirm'> {
  async handle(input: AuthApiInputs['confirm'], call: AuthApiCall): Promise<AuthApiOutputs['confirm']> {
    const { cognito, delivery, responses } = this.api;
    const { username, code } = input;
    const given = await delivery.signUpSession(input, call);
    const context = this.api.contextOf(call);
    const { session } = await hideUser(this.api, 'CODE_MISMATCH', async () =>
      cognito.confirmSignUp({ username, code, session: given, ...context }),
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
    const delivery = await hideUser(this.api, undefined, async () =>
      cognito.resendConfirmationCode({ username, ...context }),
    );
    return responses.codeSent(delivery);
  }
}
