import { Injectable } from '@nestjs/common';

import type { AuthApiCall } from '../auth-api-call.js';
import { AuthApiHandler } from '../auth-api-handler.js';
import type { AuthApiInputs, AuthApiOutputs } from '../auth-api-types.js';
import { accessTokenOf } from './access-token-of.js';
import { listOf } from './list-of.js';

/**
 * Lists the passkeys of the user (ListWebAuthnCredentials).
 *
 * @publicApi
 */
@Injectable()
export class PasskeysHandler extends AuthApiHandler<'passkeys'> {
  async handle(_: object, call: AuthApiCall): Promise<AuthApiOutputs['passkeys']> {
    const { cognito, responses } = this.api;
    return listOf(cognito.passkeys.list(accessTokenOf(call)), (passkey) => responses.passkey(passkey));
  }
}

/**
 * Returns the options with which the browser creates a passkey (StartWebAuthnRegistration).
 *
 * @publicApi
 */
@Injectable()
export class StartPasskeyHandler extends AuthApiHandler<'startPasskey'> {
  async handle(_: object, call: AuthApiCall): Promise<AuthApiOutputs['startPasskey']> {
    const { cognito, responses } = this.api;
    return responses.passkeyOptions(await cognito.passkeys.startRegistration(accessTokenOf(call)));
  }
}

/**
 * Registers the passkey that the browser has created (CompleteWebAuthnRegistration).
 *
 * @publicApi
 */
@Injectable()
export class CompletePasskeyHandler extends AuthApiHandler<'completePasskey'> {
  async handle({ credential }: AuthApiInputs['completePasskey'], call: AuthApiCall): Promise<void> {
    await this.api.cognito.passkeys.completeRegistration({ accessToken: accessTokenOf(call), credential });
  }
}

/**
 * Deletes a passkey (DeleteWebAuthnCredential).
 *
 * @publicApi
 */
@Injectable()
export class DeletePasskeyHandler extends AuthApiHandler<'deletePasskey'> {
  async handle({ credentialId }: AuthApiInputs['deletePasskey'], call: AuthApiCall): Promise<void> {
    await this.api.cognito.passkeys.delete({ accessToken: accessTokenOf(call), credentialId });
  }
}
