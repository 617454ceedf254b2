import { Injectable } from '@nestjs/common';

import type { AuthApiCall } from '../auth-api-call.js';
import { AuthApiHandler } from '../auth-api-handler.js';
import type { AuthApiInputs, AuthApiOutputs } from '../auth-api-types.js';
import { accessTokenOf } from './access-token-of.js';

/**
 * Returns the factors that the user can sign in with (GetUserAuthFactors).
 *
 * @publicApi
 */
@Injectable()
export class MfaHandler extends AuthApiHandler<'mfa'> {
  async handle(_: object, call: AuthApiCall): Promise<AuthApiOutputs['mfa']> {
    return this.api.responses.factors(await this.api.cognito.mfa.factors(accessTokenOf(call)));
  }
}

/**
 * Turns second factors on or off (SetUserMFAPreference).
 *
 * @publicApi
 */
@Injectable()
export class SetMfaHandler extends AuthApiHandler<'setMfa'> {
  async handle({ sms, email, softwareToken, passkey }: AuthApiInputs['setMfa'], call: AuthApiCall): Promise<void> {
    const accessToken = accessTokenOf(call);
    await this.api.cognito.mfa.setPreference({ accessToken, sms, email, softwareToken, passkey });
  }
}

/**
 * Returns the secret of a new authenticator app (AssociateSoftwareToken).
 *
 * @publicApi
 */
@Injectable()
export class AssociateTotpHandler extends AuthApiHandler<'associateTotp'> {
  async handle(_: object, call: AuthApiCall): Promise<AuthApiOutputs['associateTotp']> {
    const { cognito, responses, totpIssuer: issuer } = this.api;
    const accessToken = accessTokenOf(call);
    return responses.softwareToken(
      await cognito.mfa.associateSoftwareToken({ accessToken, issuer, account: call.username }),
    );
  }
}

/**
 * Verifies the first code of an authenticator app (VerifySoftwareToken), and makes the app the preferred second factor.
 *
 * @publicApi
 */
@Injectable()
export class VerifyTotpHandler extends AuthApiHandler<'verifyTotp'> {
  async handle({ code, deviceName }: AuthApiInputs['verifyTotp'], call: AuthApiCall): Promise<void> {
    const accessToken = accessTokenOf(call);
    const { mfa } = this.api.cognito;
    await mfa.verifySoftwareToken({ accessToken, code, deviceName });
    await mfa.setPreference({ accessToken, softwareToken: { enabled: true, preferred: true } });
  }
}
