import type { User } from '../../../model/user.js';
import type { Environment } from '../../environment.js';
import { deliveryDetails } from '../../messages/messenger.js';
import { FACTOR_CHANNEL, type MessageFactor } from '../../mfa/factors.js';
import { wrongMfaCode } from '../../mfa/mfa-faults.js';
import { enableFactor } from '../../mfa/preferences.js';
import { markVerified } from '../../users/verification-flags.js';
import { type KnownUserAttempt, resumeKnownUserAttempt } from '../attempt.js';
import { checkCode, passSecondFactor } from '../factor-checks.js';
import { requiredParameter } from '../faults.js';
import type { AuthResponse, ChallengeResponder } from '../step.js';
import { poseChallenge } from './pose-challenge.js';

const DIGITS = 6;

/** SMS_MFA, EMAIL_OTP: sends a code as second factor. */
export async function poseMfaCode(
  environment: Environment,
  attempt: KnownUserAttempt,
  factor: MessageFactor,
): Promise<AuthResponse> {
  const { pool, user, client, clientMetadata } = attempt;
  const code = environment.random.digits(DIGITS);
  const address = user.attributes[FACTOR_CHANNEL[factor]];
  await environment.messenger.send({
    ...{ pool, user, code, clientMetadata },
    kind: 'Authentication',
    channel: FACTOR_CHANNEL[factor],
    clientId: client.id,
  });
  attempt.state.mfaCode = { code, factor, address };
  return poseChallenge(environment, attempt, {
    name: factor,
    parameters: { ...deliveryParameters(user, factor), USER_ID_FOR_SRP: user.username },
  });
}

/** The parameters that describe where a factor's codes go. */
export function deliveryParameters(user: User, factor: MessageFactor): Record<string, string> {
  const channel = FACTOR_CHANNEL[factor];
  const { DeliveryMedium = '', Destination = '' } = deliveryDetails(channel, user.attributes[channel] ?? '');
  return { CODE_DELIVERY_DELIVERY_MEDIUM: DeliveryMedium, CODE_DELIVERY_DESTINATION: Destination };
}

/** Checks the code of SMS_MFA. */
export const answerSmsMfa = responderFor('SMS_MFA', 'SMS_MFA_CODE');

/** Checks the code of EMAIL_OTP as second factor. */
export const answerEmailMfa = responderFor('EMAIL_OTP', 'EMAIL_OTP_CODE');

/** A correct code also verifies the phone number or e-mail address that it was sent to. */
function responderFor(factor: MessageFactor, parameter: string): ChallengeResponder {
  return (environment, request) => {
    const attempt = resumeKnownUserAttempt(request);
    const { state, user } = attempt;
    const code = requiredParameter(request.responses, parameter);
    checkCode(environment, user, () => {
      const { mfaCode: sent } = state;
      // Whoever has the address of before is not the user by now.
      const isCurrent = sent?.address === user.attributes[FACTOR_CHANNEL[factor]];
      if (sent?.factor !== factor || sent.code !== code || !isCurrent) {
        throw wrongMfaCode();
      }
    });
    markVerified(user, FACTOR_CHANNEL[factor]);
    if (state.settingUp) {
      enableFactor(user, factor);
    }
    return passSecondFactor(attempt, factor);
  };
}
