import { Injectable } from '@nestjs/common';

import type { AuthApiCall } from '../auth-api-call.js';
import { AuthApiHandler } from '../auth-api-handler.js';
import type { AuthApiInputs, AuthApiOutputs } from '../auth-api-types.js';
import { checksCode, sendsCode } from './hidden-users.js';

/**
 * Sends a code for a new password (ForgotPassword). The answer does not tell whether there was anybody to send one to, unless
 * `revealUsers` is set.
 *
 * @publicApi
 */
@Injectable()
export class ForgotPasswordHandler extends AuthApiHandler<'forgotPassword'> {
  async handle(
    { username }: AuthApiInputs['forgotPassword'],
    call: AuthApiCall,
  ): Promise<AuthApiOutputs['forgotPassword']> {
    const { cognito, responses } = this.api;
    const context = this.api.contextOf(call);
    const delivery = await sendsCode(this.api, async () => cognito.initiateForgotPassword({ username, ...context }));
    return responses.codeSent(delivery);
  }
}

/**
 * Sets a new password with a code (ConfirmForgotPassword). A code that is wrong, expired or not sent at all is answered
 * CODE_MISMATCH, unless `revealUsers` is set.
 *
 * @publicApi
 */
@Injectable()
export class ConfirmForgotPasswordHandler extends AuthApiHandler<'confirmForgotPassword'> {
  async handle(input: AuthApiInputs['confirmForgotPassword'], call: AuthApiCall): Promise<void> {
    const context = this.api.contextOf(call);
    await checksCode(this.api, async () => this.api.cognito.confirmForgotPassword({ ...input, ...context }));
  }
}
