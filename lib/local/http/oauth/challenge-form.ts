import type { PendingSignIn } from '../../model/pending-step.js';
import { attributeInputs, input } from './form-input.js';

const ATTRIBUTE_PARAMETER = 'userAttributes.';

/** The form's field and the ChallengeResponses member of the challenges that take one value. */
const ANSWERS: Readonly<Partial<Record<PendingSignIn['challenge'], readonly [field: string, member: string]>>> = {
  SELECT_CHALLENGE: ['answer', 'ANSWER'],
  SELECT_MFA_TYPE: ['answer', 'ANSWER'],
  PASSWORD: ['password', 'PASSWORD'],
  EMAIL_OTP: ['code', 'EMAIL_OTP_CODE'],
  SMS_OTP: ['code', 'SMS_OTP_CODE'],
  SMS_MFA: ['code', 'SMS_MFA_CODE'],
  SOFTWARE_TOKEN_MFA: ['code', 'SOFTWARE_TOKEN_MFA_CODE'],
  WEB_AUTHN: ['credential', 'CREDENTIAL'],
  NEW_PASSWORD_REQUIRED: ['password', 'NEW_PASSWORD'],
  MFA_SETUP: ['email', 'EMAIL'],
};

/** Reads the answer to a challenge from its form. @returns undefined if it is not filled in. */
export function responsesOf(pending: PendingSignIn, form: URLSearchParams): Record<string, string> | undefined {
  const [field = '', member = ''] = ANSWERS[pending.challenge] ?? [];
  // A password may begin or end with a space.
  const value = field === 'password' ? (form.get(field) ?? '') : input(form, field);
  const names = missingAttributesOf(pending);
  const attributes = Object.entries(attributeInputs(form, names));
  if (value === '' || attributes.length < names.length) {
    return undefined;
  }
  const named = attributes.map(([name, attribute]) => [ATTRIBUTE_PARAMETER + name, attribute]);
  return { [member]: value, ...(Object.fromEntries(named) as Record<string, string>) };
}

/** The factors that a challenge offers. A page sends passwords as they are, so SRP is not one of them. */
export function choicesOf({ available, parameters }: PendingSignIn): readonly string[] {
  const listed = [...available, ...listOf(parameters['MFAS_CAN_CHOOSE']), ...listOf(parameters['MFAS_CAN_SETUP'])];
  return listed.filter((factor) => factor !== 'PASSWORD_SRP');
}

/** The attributes that NEW_PASSWORD_REQUIRED asks for. */
export function missingAttributesOf({ parameters }: PendingSignIn): readonly string[] {
  return listOf(parameters['requiredAttributes']).map((name) => name.slice(ATTRIBUTE_PARAMETER.length));
}

function listOf(json: string | undefined): readonly string[] {
  return json === undefined ? [] : (JSON.parse(json) as string[]);
}
