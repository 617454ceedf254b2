import { FIRST_FACTORS, MFA_TYPES, type ChallengeParameters } from '../../protocol/challenge.js';
import type { AnswerableChallengeName } from '../challenge-answers.dto.js';
import {
  ChoiceListMember,
  ChoiceMember,
  EmptyMember,
  ObjectMember,
  TextListMember,
  TextMember,
  TextRecordMember,
  type ResponseClass,
} from '../response-field.decorators.js';

import { ChallengeDeliveryDto } from './code-delivery.dto.js';
import { EXAMPLE } from './example-values.js';
import { PasskeyRequestOptionsDto } from './passkey.dto.js';

/**
 * A challenge as a browser sees it: the server keeps its session.
 *
 * @publicApi
 */
export type ShownChallenge = {
  [Name in AnswerableChallengeName]: { readonly name: Name; readonly parameters: ChallengeParameters[Name] };
}[AnswerableChallengeName];

class MfaSetupParameters {
  @ChoiceListMember(MFA_TYPES, { description: 'The factors that can be set up.', example: ['SOFTWARE_TOKEN_MFA'] })
  declare readonly choices: readonly string[];
}

class NewPasswordParameters {
  @TextListMember({ description: 'The attributes that the user must add.', example: ['given_name'] })
  declare readonly requiredAttributes: readonly string[];

  @TextRecordMember({ description: 'The attributes that the user has.', example: { email: 'ada@example.com' } })
  declare readonly userAttributes: Readonly<Record<string, string>>;
}

class SelectChallengeParameters {
  @ChoiceListMember(FIRST_FACTORS, { description: 'The factors to choose from.', example: ['PASSWORD', 'EMAIL_OTP'] })
  declare readonly choices: readonly string[];
}

class SelectMfaTypeParameters {
  @ChoiceListMember(MFA_TYPES, {
    description: 'The second factors to choose from.',
    example: ['SMS_MFA', 'SOFTWARE_TOKEN_MFA'],
  })
  declare readonly choices: readonly string[];
}

class SoftwareTokenParameters {
  @TextMember({ description: 'The name of the authenticator app.', example: "Ada's phone", optional: true })
  declare readonly deviceName?: string;
}

class PasskeyParameters {
  @ObjectMember(() => PasskeyRequestOptionsDto, {
    description: 'The options of `navigator.credentials.get({ publicKey })`, as JSON.',
  })
  declare readonly credentialRequestOptions: object;
}

const DESCRIPTION = 'The parameters of the challenge.';

/** The parameters of the challenges, under the names of the classes that answer them. */
const KINDS: readonly {
  readonly kind: string;
  readonly names: readonly AnswerableChallengeName[];
  readonly parameters: PropertyDecorator;
}[] = [
  { kind: 'Code', names: ['EMAIL_OTP', 'SMS_OTP', 'SMS_MFA'], parameters: parametersOf(ChallengeDeliveryDto) },
  { kind: 'SoftwareToken', names: ['SOFTWARE_TOKEN_MFA'], parameters: parametersOf(SoftwareTokenParameters) },
  { kind: 'MfaSetup', names: ['MFA_SETUP'], parameters: parametersOf(MfaSetupParameters) },
  { kind: 'SelectMfaType', names: ['SELECT_MFA_TYPE'], parameters: parametersOf(SelectMfaTypeParameters) },
  { kind: 'SelectChallenge', names: ['SELECT_CHALLENGE'], parameters: parametersOf(SelectChallengeParameters) },
  { kind: 'NewPassword', names: ['NEW_PASSWORD_REQUIRED'], parameters: parametersOf(NewPasswordParameters) },
  { kind: 'Password', names: ['PASSWORD', 'PASSWORD_SRP'], parameters: EmptyMember({ description: DESCRIPTION }) },
  { kind: 'Passkey', names: ['WEB_AUTHN'], parameters: parametersOf(PasskeyParameters) },
  {
    kind: 'Custom',
    names: ['CUSTOM_CHALLENGE'],
    parameters: TextRecordMember({ description: DESCRIPTION, example: { question: 'What is your favourite colour?' } }),
  },
];

class PosedMembers {
  @TextMember({ description: 'The username to answer with.', example: 'ada' })
  declare readonly username: string;

  // The type of a challenge has it as optional, as the API of Cognito does. Challenges for users always have one.
  @TextMember({ description: 'The session to answer with. It can be used once.', example: EXAMPLE.challengeSession })
  declare readonly session: string;
}

/** The class of each challenge as a browser sees it. */
export const SHOWN_CHALLENGES = challengeClasses('Shown', Object);

/** The class of each challenge with what the client must send back. */
export const POSED_CHALLENGES = challengeClasses('Posed', PosedMembers);

/** One class for the challenges of one kind: OpenAPI has no other way to say what the parameters of a name are. */
function challengeClasses(
  prefix: string,
  base: ResponseClass,
): Readonly<Record<AnswerableChallengeName, ResponseClass>> {
  const entries = KINDS.flatMap(({ kind, names, parameters }) => {
    const type = class extends base {};
    Object.defineProperty(type, 'name', { value: `${prefix}${kind}Challenge` });
    ChoiceMember(names, { description: 'The name of the challenge.' })(type.prototype, 'name');
    parameters(type.prototype, 'parameters');
    return names.map((name) => [name, type] as const);
  });
  return Object.fromEntries(entries) as Record<AnswerableChallengeName, ResponseClass>;
}

function parametersOf(type: ResponseClass): PropertyDecorator {
  return ObjectMember(() => type, { description: DESCRIPTION });
}
