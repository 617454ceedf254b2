/** Compiled, never run: what the compiler must accept and refuse about challenges. */
import type { AuthenticationOutcome } from '../../lib/protocol/authentication-outcome.js';
import type { Challenge, ChallengeName, ChallengeOf } from '../../lib/protocol/challenge.js';
import type { CognitoService } from '../../lib/user/cognito.service.js';

declare const cognito: CognitoService;
declare const totp: ChallengeOf<'SOFTWARE_TOKEN_MFA'>;
declare const newPassword: ChallengeOf<'NEW_PASSWORD_REQUIRED'>;
declare const choice: ChallengeOf<'SELECT_CHALLENGE'>;
declare const mfaChoice: ChallengeOf<'SELECT_MFA_TYPE'>;
declare const setup: ChallengeOf<'MFA_SETUP'>;
declare const passkey: ChallengeOf<'WEB_AUTHN'>;

export async function rightAnswers(): Promise<void> {
  await cognito.respondToChallenge(totp, { code: '123456' });
  await cognito.respondToChallenge(newPassword, { password: 'x', attributes: { name: 'Ann' } });
  await cognito.respondToChallenge(choice, { factor: 'PASSWORD_SRP', password: 'x' });
  await cognito.respondToChallenge(choice, { factor: 'EMAIL_OTP' });
  await cognito.respondToChallenge(mfaChoice, { mfaType: 'SMS_MFA' });
  await cognito.respondToChallenge(setup, { code: '123456', deviceName: 'phone' });
  await cognito.respondToChallenge(setup, { email: 'ann@example.com' });
}

export async function wrongAnswers(): Promise<void> {
  // @ts-expect-error a code is wanted
  await cognito.respondToChallenge(totp, { password: 'x' });
  // @ts-expect-error a password is wanted
  await cognito.respondToChallenge(newPassword, { code: '123456' });
  // @ts-expect-error this factor wants its password at once
  await cognito.respondToChallenge(choice, { factor: 'PASSWORD_SRP' });
  // @ts-expect-error not a factor
  await cognito.respondToChallenge(choice, { factor: 'MAGIC' });
  // @ts-expect-error EMAIL_MFA is in no enum of the service
  await cognito.respondToChallenge(mfaChoice, { mfaType: 'EMAIL_MFA' });
  // @ts-expect-error a credential is wanted, as an object
  await cognito.respondToChallenge(passkey, { credential: '{}' });
}

export function narrowing(outcome: AuthenticationOutcome): string {
  // @ts-expect-error tokens only after a look at the status
  const { tokens } = outcome;
  if (outcome.status === 'AUTHENTICATED') {
    return String(tokens) + outcome.tokens.accessToken;
  }
  if (outcome.challenge.name === 'WEB_AUTHN') {
    return outcome.challenge.parameters.credentialRequestOptions.challenge;
  }
  // @ts-expect-error the other challenges have no such parameter
  return String(outcome.challenge.parameters.credentialRequestOptions);
}

/** Independent of the AWS SDK: only a challenge that this package adds makes this fail to compile. */
export function exhaustive(challenge: Challenge): ChallengeName {
  switch (challenge.name) {
    case 'ADMIN_NO_SRP_AUTH':
    case 'CUSTOM_CHALLENGE':
    case 'DEVICE_PASSWORD_VERIFIER':
    case 'DEVICE_SRP_AUTH':
    case 'EMAIL_OTP':
    case 'MFA_SETUP':
    case 'NEW_PASSWORD_REQUIRED':
    case 'PASSWORD':
    case 'PASSWORD_SRP':
    case 'PASSWORD_VERIFIER':
    case 'SELECT_CHALLENGE':
    case 'SELECT_MFA_TYPE':
    case 'SMS_MFA':
    case 'SMS_OTP':
    case 'SOFTWARE_TOKEN_MFA':
    case 'WEB_AUTHN':
      return challenge.name;
    default:
      return challenge satisfies never;
  }
}

declare const renamed: CognitoService<{ readonly firstName?: string; readonly level?: number }>;

/** The attributes of NEW_PASSWORD_REQUIRED go by the application's names and have their types. */
export async function newPasswordAttributes(): Promise<void> {
  await renamed.respondToChallenge(newPassword, { password: 'x', attributes: { firstName: 'Ann', level: 7 } });
  // @ts-expect-error the attribute goes by the application's name
  await renamed.respondToChallenge(newPassword, { password: 'x', attributes: { given_name: 'Ann' } });
  // @ts-expect-error the level is a number
  await renamed.respondToChallenge(newPassword, { password: 'x', attributes: { level: 'high' } });
  // @ts-expect-error not a standard attribute
  await cognito.respondToChallenge(newPassword, { password: 'x', attributes: { firstName: 'Ann' } });
}
