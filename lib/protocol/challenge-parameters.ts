import { isObject } from '../types/is-object.js';
import type {
  ChallengeDelivery,
  ChallengeName,
  ChallengeParameters,
  FirstFactor,
  MfaType,
  SrpChallengeParameters,
} from './challenge.js';
import { requireMember, UnexpectedAnswerError } from './protocol-error.js';

/** ChallengeParameters and AvailableChallenges of a response. */
export interface WireParameters {
  readonly parameters: Readonly<Record<string, string>>;
  readonly available: readonly string[];
}

type Parse<Name extends ChallengeName> = (wire: WireParameters) => ChallengeParameters[Name];

/** Parses the parameters of each challenge. */
export const PARAMETER_PARSERS = {
  ADMIN_NO_SRP_AUTH: () => ({}),
  CUSTOM_CHALLENGE: ({ parameters }) =>
    Object.fromEntries(Object.entries(parameters).filter(([name]) => name !== 'USERNAME')),
  DEVICE_PASSWORD_VERIFIER: ({ parameters }) => ({ ...srpParameters(parameters), ...deviceKey(parameters) }),
  DEVICE_SRP_AUTH: ({ parameters }) => deviceKey(parameters),
  EMAIL_OTP: delivery,
  MFA_SETUP: ({ parameters }) => ({ choices: stringList(parameters, 'MFAS_CAN_SETUP') as MfaType[] }),
  NEW_PASSWORD_REQUIRED: ({ parameters }) => ({
    requiredAttributes: stringList(parameters, 'requiredAttributes').map(withoutPrefix),
    userAttributes: stringRecord(parameters, 'userAttributes'),
  }),
  PASSWORD: () => ({}),
  PASSWORD_SRP: () => ({}),
  PASSWORD_VERIFIER: ({ parameters }) => ({
    ...srpParameters(parameters),
    userId: required(parameters, 'USER_ID_FOR_SRP'),
  }),
  SELECT_CHALLENGE: ({ available }) => ({ choices: available as FirstFactor[] }),
  SELECT_MFA_TYPE: ({ parameters }) => ({ choices: stringList(parameters, 'MFAS_CAN_CHOOSE') as MfaType[] }),
  SMS_MFA: delivery,
  SMS_OTP: delivery,
  SOFTWARE_TOKEN_MFA: ({ parameters: { FRIENDLY_DEVICE_NAME: deviceName } }) =>
    deviceName === undefined ? {} : { deviceName },
  WEB_AUTHN: ({ parameters }) => ({
    credentialRequestOptions: json(
      parameters,
      'CREDENTIAL_REQUEST_OPTIONS',
    ) as ChallengeParameters['WEB_AUTHN']['credentialRequestOptions'],
  }),
} as const satisfies { readonly [Name in ChallengeName]: Parse<Name> };

function delivery({ parameters }: WireParameters): ChallengeDelivery {
  const { CODE_DELIVERY_DELIVERY_MEDIUM: medium, CODE_DELIVERY_DESTINATION: destination } = parameters;
  return {
    ...(medium === 'EMAIL' || medium === 'SMS' ? { medium } : {}),
    ...(destination === undefined ? {} : { destination }),
  };
}

function srpParameters(parameters: WireParameters['parameters']): SrpChallengeParameters {
  return {
    salt: required(parameters, 'SALT'),
    serverPublic: required(parameters, 'SRP_B'),
    secretBlock: required(parameters, 'SECRET_BLOCK'),
  };
}

function deviceKey({ DEVICE_KEY }: WireParameters['parameters']): { deviceKey?: string } {
  return DEVICE_KEY === undefined ? {} : { deviceKey: DEVICE_KEY };
}

function required(parameters: WireParameters['parameters'], name: string): string {
  return requireMember(`the challenge parameter "${name}"`, parameters[name]);
}

/** Lists and objects are JSON text inside the map of strings. */
function json(parameters: WireParameters['parameters'], name: string): unknown {
  try {
    return JSON.parse(required(parameters, name)) as unknown;
  } catch (error) {
    throw error instanceof SyntaxError
      ? new UnexpectedAnswerError(`the challenge parameter "${name}" is not JSON`)
      : error;
  }
}

function stringList(parameters: WireParameters['parameters'], name: string): string[] {
  const value = parameters[name] === undefined ? [] : json(parameters, name);
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) {
    throw new UnexpectedAnswerError(`the challenge parameter "${name}" is not a list of strings`);
  }
  return value;
}

function stringRecord(parameters: WireParameters['parameters'], name: string): Record<string, string> {
  const value = parameters[name] === undefined ? {} : json(parameters, name);
  if (!isObject(value)) {
    throw new UnexpectedAnswerError(`the challenge parameter "${name}" is not an object`);
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, String(item)]));
}

function withoutPrefix(name: string): string {
  return name.replace(/^userAttributes\./, '');
}
