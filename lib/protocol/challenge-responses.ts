import { MandateArgumentError } from '../errors/argument-error.js';
import { requireObject, requireText } from '../errors/require-argument.js';

import {
  FIRST_FACTORS,
  MFA_TYPES,
  type ChallengeAnswers,
  type ChallengeName,
  type ChallengeOf,
  type RememberedDevice,
  type SrpChallengeParameters,
} from './challenge.js';
import { clientSessionKey } from './srp/client.js';
import type { SrpClientKeyPair } from './srp/client-key-pair.js';
import type { SrpIdentity } from './srp/identity.js';
import { passwordClaimSignature } from './srp/session-key.js';
import { formatSrpTimestamp } from './srp/timestamp.js';

/** What converting an answer to ChallengeResponses requires in addition to the answer. */
export interface AnswerContext {
  /** The pool's part of the SRP identity; see `srpRealmOfPool`. */
  readonly realm: string;
  readonly now: Date;
  /** Returns SRP_A, hexadecimal. Called only by answers that begin an SRP exchange. */
  readonly clientPublic: () => string;
  /** Turns attributes into Cognito's names and strings. */
  readonly encodeAttributes: (attributes: object) => readonly { readonly Name: string; readonly Value: string }[];
}

type Responses = Readonly<Record<string, string>>;

type Respond<Name extends ChallengeName> = (
  answer: ChallengeAnswers[Name],
  challenge: ChallengeOf<Name>,
  context: AnswerContext,
) => Responses;

/**
 * Converts each answer to ChallengeResponses, without USERNAME and SECRET_HASH, which every response has. Answers are
 * checked, since they often are request bodies.
 *
 * @throws MandateArgumentError when a part of the answer is missing or invalid.
 */
export const RESPONDERS: { readonly [Name in ChallengeName]: Respond<Name> } = {
  ADMIN_NO_SRP_AUTH: ({ password }) => ({ PASSWORD: text('password', password) }),
  CUSTOM_CHALLENGE: ({ answer }) => ({ ANSWER: text('answer', answer) }),
  DEVICE_PASSWORD_VERIFIER: ({ device, keyPair }, { parameters }, { now }) => {
    requireDevice(device);
    const identity = { realm: device.groupKey, userId: device.key };
    return { DEVICE_KEY: device.key, ...passwordClaim(parameters, identity, device.password, keyPair, now) };
  },
  DEVICE_SRP_AUTH: ({ device }, _, { clientPublic }) => {
    requireDevice(device);
    return { DEVICE_KEY: device.key, SRP_A: clientPublic() };
  },
  EMAIL_OTP: ({ code }) => ({ EMAIL_OTP_CODE: text('code', code) }),
  // A code has been verified by VerifySoftwareToken before; the response to the challenge itself is empty.
  MFA_SETUP: (answer): Responses => ('email' in answer ? { EMAIL: text('email', answer.email) } : {}),
  NEW_PASSWORD_REQUIRED: ({ password, attributes = {} }, _, { encodeAttributes }) => ({
    NEW_PASSWORD: text('password', password),
    ...Object.fromEntries(encodeAttributes(attributes).map(({ Name, Value }) => [`userAttributes.${Name}`, Value])),
  }),
  PASSWORD: ({ password }) => ({ PASSWORD: text('password', password) }),
  PASSWORD_SRP: ({ password }, _, { clientPublic }) => {
    text('password', password);
    return { SRP_A: clientPublic() };
  },
  PASSWORD_VERIFIER: ({ password, keyPair }, { parameters }, { realm, now }) => {
    requireText('challenge.parameters.userId', parameters.userId);
    return passwordClaim(parameters, { realm, userId: parameters.userId }, text('password', password), keyPair, now);
  },
  SELECT_CHALLENGE: (answer, _, { clientPublic }): Responses => {
    const factor = oneOf('factor', FIRST_FACTORS, answer.factor);
    if (answer.factor !== 'PASSWORD' && answer.factor !== 'PASSWORD_SRP') {
      return { ANSWER: factor };
    }
    const password = text('password', answer.password);
    return factor === 'PASSWORD' ? { ANSWER: factor, PASSWORD: password } : { ANSWER: factor, SRP_A: clientPublic() };
  },
  SELECT_MFA_TYPE: ({ mfaType }) => ({ ANSWER: oneOf('mfaType', MFA_TYPES, mfaType) }),
  SMS_MFA: ({ code }) => ({ SMS_MFA_CODE: text('code', code) }),
  SMS_OTP: ({ code }) => ({ SMS_OTP_CODE: text('code', code) }),
  SOFTWARE_TOKEN_MFA: ({ code }) => ({ SOFTWARE_TOKEN_MFA_CODE: text('code', code) }),
  WEB_AUTHN: ({ credential }) => {
    requireObject('answer.credential', credential);
    return { CREDENTIAL: JSON.stringify(credential) };
  },
};

/** Proves knowledge of a password without sending it (PASSWORD_CLAIM_SIGNATURE). */
function passwordClaim(
  server: SrpChallengeParameters,
  identity: SrpIdentity,
  password: string,
  keyPair: SrpClientKeyPair,
  now: Date,
): Responses {
  requireKeyPair(keyPair);
  requireText('challenge.parameters.salt', server.salt);
  requireText('challenge.parameters.serverPublic', server.serverPublic);
  requireText('challenge.parameters.secretBlock', server.secretBlock);
  const parameters = { serverPublicHex: server.serverPublic, saltHex: server.salt };
  const key = clientSessionKey(keyPair, parameters, identity, password);
  const timestamp = formatSrpTimestamp(now);
  return {
    PASSWORD_CLAIM_SECRET_BLOCK: server.secretBlock,
    PASSWORD_CLAIM_SIGNATURE: passwordClaimSignature(key, identity, server.secretBlock, timestamp),
    TIMESTAMP: timestamp,
  };
}

/**
 * Requires a complete device.
 *
 * @throws MandateArgumentError when a part of the device is missing.
 */
export function requireDevice(device: unknown): asserts device is RememberedDevice {
  requireObject('device', device);
  const { key, groupKey, password }: { readonly [Part in keyof RememberedDevice]?: unknown } = device;
  requireText('device.key', key);
  requireText('device.groupKey', groupKey);
  requireText('device.password', password);
}

function requireKeyPair(keyPair: unknown): asserts keyPair is SrpClientKeyPair {
  requireObject('answer.keyPair', keyPair);
  const { secret, publicHex }: { readonly [Part in keyof SrpClientKeyPair]?: unknown } = keyPair;
  if (typeof secret !== 'bigint') {
    throw new MandateArgumentError('answer.keyPair.secret', 'must be a bigint, which JSON cannot represent');
  }
  if (typeof publicHex !== 'string' || !/^[0-9a-f]+$/i.test(publicHex)) {
    throw new MandateArgumentError('answer.keyPair.publicHex', 'must be a hexadecimal number');
  }
}

function text(field: string, value: unknown): string {
  requireText(`answer.${field}`, value);
  return value;
}

function oneOf<Value extends string>(field: string, values: readonly Value[], value: unknown): Value {
  const found = values.find((candidate) => candidate === value);
  if (found === undefined) {
    throw new MandateArgumentError(`answer.${field}`, `must be one of ${values.join(', ')}`);
  }
  return found;
}
