import { Injectable } from '@nestjs/common';

import type { AuthApiCall } from '../auth-api-call.js';
import { AuthApiHandler } from '../auth-api-handler.js';
import type { AuthApiInputs, AuthApiOutputs } from '../auth-api-types.js';
import { accessTokenOf } from './access-token-of.js';

/**
 * Returns the signed-in user (GetUser).
 *
 * @publicApi
 */
@Injectable()
export class MeHandler extends AuthApiHandler<'me'> {
  async handle(_: object, call: AuthApiCall): Promise<AuthApiOutputs['me']> {
    return this.api.responses.user(await this.api.cognito.getUser(accessTokenOf(call)));
  }
}

/**
 * Changes attributes of the signed-in user; null removes one (UpdateUserAttributes).
 *
 * @publicApi
 */
@Injectable()
export class UpdateMeHandler extends AuthApiHandler<'updateMe'> {
  async handle({ attributes }: AuthApiInputs['updateMe'], call: AuthApiCall): Promise<AuthApiOutputs['updateMe']> {
    const accessToken = accessTokenOf(call);
    const { clientMetadata } = this.api.contextOf(call);
    return this.api.responses.profileUpdate(
      await this.api.cognito.updateProfile({ accessToken, attributes, clientMetadata }),
    );
  }
}

/**
 * Deletes the account of the signed-in user (DeleteUser).
 *
 * @publicApi
 */
@Injectable()
export class DeleteMeHandler extends AuthApiHandler<'deleteMe'> {
  async handle(_: object, call: AuthApiCall): Promise<void> {
    await this.api.cognito.deleteUser(accessTokenOf(call));
    await this.api.delivery.accountDeleted(call);
  }
}

/**
 * Sends a code that verifies an e-mail address or a phone number (GetUserAttributeVerificationCode).
 *
 * @publicApi
 */
@Injectable()
export class SendVerificationHandler extends AuthApiHandler<'sendVerification'> {
  async handle(
    { attribute }: AuthApiInputs['sendVerification'],
    call: AuthApiCall,
  ): Promise<AuthApiOutputs['sendVerification']> {
    const accessToken = accessTokenOf(call);
    const { clientMetadata } = this.api.contextOf(call);
    return this.api.responses.codeSent(
      await this.api.cognito.sendVerification({ accessToken, attribute, clientMetadata }),
    );
  }
}

/**
 * Verifies an e-mail address or a phone number (VerifyUserAttribute).
 *
 * @publicApi
 */
@Injectable()
export class ValidateVerificationHandler extends AuthApiHandler<'validateVerification'> {
  async handle({ code, attribute }: AuthApiInputs['validateVerification'], call: AuthApiCall): Promise<void> {
    await this.api.cognito.validateVerification({ accessToken: accessTokenOf(call), code, attribute });
  }
}

/**
 * Changes the password of the signed-in user (ChangePassword).
 *
 * @publicApi
 */
@Injectable()
export class ChangePasswordHandler extends AuthApiHandler<'changePassword'> {
  async handle(
    { previousPassword, proposedPassword }: AuthApiInputs['changePassword'],
    call: AuthApiCall,
  ): Promise<void> {
    await this.api.cognito.changePassword({ accessToken: accessTokenOf(call), previousPassword, proposedPassword });
  }
}
