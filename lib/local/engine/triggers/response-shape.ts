import type { TriggerName } from '../../model/triggers.js';
import { isObject } from '../../../types/is-object.js';

/** The type of a member. Every member may be absent or null, unless it is required. */
type Shape = 'boolean' | 'string' | 'object' | 'strings' | { readonly [Member in string]: Shape };

const GROUPS: Shape = { groupsToOverride: 'strings', iamRolesToOverride: 'strings', preferredRole: 'string' };
const CLAIMS = { claimsToAddOrOverride: 'object', claimsToSuppress: 'strings' } as const satisfies Shape;
const CLAIMS_AND_SCOPES: Shape = {
  claimsAndScopeOverrideDetails: {
    idTokenGeneration: CLAIMS,
    accessTokenGeneration: { ...CLAIMS, scopesToAdd: 'strings', scopesToSuppress: 'strings' },
    groupOverrideDetails: GROUPS,
  },
};

/** What Cognito reads of the responses. */
const RESPONSES: Readonly<Partial<Record<TriggerName, Shape>>> = {
  preSignUp: { autoConfirmUser: 'boolean', autoVerifyEmail: 'boolean', autoVerifyPhone: 'boolean' },
  userMigration: {
    userAttributes: 'object',
    finalUserStatus: 'string',
    messageAction: 'string',
    desiredDeliveryMediums: 'strings',
    forceAliasCreation: 'boolean',
    enableSMSMFA: 'boolean',
  },
  defineAuthChallenge: { challengeName: 'string', issueTokens: 'boolean', failAuthentication: 'boolean' },
  createAuthChallenge: {
    publicChallengeParameters: 'object',
    privateChallengeParameters: 'object',
    challengeMetadata: 'string',
  },
  verifyAuthChallengeResponse: { answerCorrect: 'boolean' },
  preTokenGeneration: { claimsOverrideDetails: { ...CLAIMS, groupOverrideDetails: GROUPS } },
  preTokenGenerationV2: CLAIMS_AND_SCOPES,
  preTokenGenerationV3: CLAIMS_AND_SCOPES,
  customMessage: { smsMessage: 'string', emailMessage: 'string', emailSubject: 'string' },
  inboundFederation: { userAttributesToMap: 'object' },
};
const REQUIRED: Readonly<Partial<Record<TriggerName, string>>> = { verifyAuthChallengeResponse: 'answerCorrect' };

/** Whether the output of a trigger is an event with a response that Cognito can read. */
export function isRecognizable(name: TriggerName, output: unknown): output is { readonly response: object } {
  if (!isObject(output) || !isObject(output['response'])) {
    return false;
  }
  const { response } = output;
  const required = REQUIRED[name];
  return fits(RESPONSES[name] ?? {}, response) && (required === undefined || isPresent(response[required]));
}

function fits(shape: Shape, value: unknown): boolean {
  if (!isPresent(value)) {
    return true;
  }
  if (typeof shape === 'object') {
    return isObject(value) && Object.entries(shape).every(([name, member]) => fits(member, value[name]));
  }
  switch (shape) {
    case 'object':
      return isObject(value);
    case 'strings':
      return Array.isArray(value) && value.every((item) => typeof item === 'string');
    default:
      return typeof value === shape;
  }
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}
