import type { AnswerOf, ChallengeOf } from '../protocol/challenge.js';

import { ANSWERS, type AnswerableChallengeName } from './challenge-answers.dto.js';
import { SESSION, USERNAME } from './constraints.js';
import { RememberedDeviceDto } from './devices.dto.js';
import { ChoiceField, ObjectField, TextField } from './field.decorators.js';
import { AlternativesField, NestedField } from './nested-field.decorators.js';

/**
 * A challenge that the user answers.
 *
 * @publicApi
 */
export type AnswerableChallenge = {
  [Name in AnswerableChallengeName]: ChallengeOf<Name>;
}[AnswerableChallengeName];

/** The members of every challenge that the client sends back. */
class PosedChallengeDto {
  @TextField(USERNAME, { description: 'The username of the challenge.', example: 'ada' })
  declare username: string;

  @TextField(SESSION, {
    description: 'The session of the challenge. It can be used once.',
    example: 'AYABeExampleSessionOfTheChallenge',
  })
  declare session: string;

  /** Not needed to answer. The content is not validated, so the server must not rely on it. */
  @ObjectField({ description: 'The parameters of the challenge. Not needed to answer.', default: {}, optional: true })
  parameters: object = {};
}

/**
 * The challenge that an answer belongs to, with or without its parameters.
 *
 * @publicApi
 */
export class ChallengeDto extends PosedChallengeDto {
  @ChoiceField(Object.keys(ANSWERS), { description: 'The name of the challenge.', example: 'EMAIL_OTP' })
  declare name: AnswerableChallengeName;
}

/**
 * The challenge MFA_SETUP, which requires the user to set up a second factor.
 *
 * @publicApi
 */
export class MfaSetupChallengeDto extends PosedChallengeDto {
  @ChoiceField(['MFA_SETUP'], { description: 'The name of the challenge.' })
  declare name: 'MFA_SETUP';
}

const ANSWER_TYPES = [...new Set(Object.values(ANSWERS))];

/** An answer is validated only for a known challenge: an unknown one is already an error of the name. */
const ANSWER = { description: 'The answer. Its members depend on the challenge.', example: { code: '123456' } };

/**
 * Body of a request that answers a challenge:
 * `cognito.respondToChallenge(body.challenge, body.answer, { device: body.device })`. The name of the challenge decides
 * which of the classes `...AnswerDto` validates the answer.
 *
 * @publicApi
 */
export class RespondToChallengeDto {
  @NestedField(() => ChallengeDto, { description: 'The challenge, as the previous step returned it.' })
  declare challenge: AnswerableChallenge;

  @AlternativesField(ANSWER_TYPES, (body) => answerTypeOf(body) ?? Object, {
    ...ANSWER,
    when: (body) => answerTypeOf(body) !== undefined,
  })
  declare answer: AnswerOf<AnswerableChallenge>;

  @NestedField(() => RememberedDeviceDto, {
    description: 'The remembered device that the sign-in started with.',
    optional: true,
  })
  declare device?: RememberedDeviceDto;
}

/**
 * Body of a request that answers a challenge, where the server keeps its session. The name of the challenge decides which
 * of the classes `...AnswerDto` validates the answer.
 *
 * @publicApi
 */
export class AnswerChallengeDto {
  @ChoiceField(Object.keys(ANSWERS), { description: 'The name of the challenge.', example: 'EMAIL_OTP' })
  declare name: AnswerableChallengeName;

  @AlternativesField(ANSWER_TYPES, (body: { readonly name?: unknown }) => answerType(body.name) ?? Object, {
    ...ANSWER,
    when: (body: { readonly name?: unknown }) => answerType(body.name) !== undefined,
  })
  declare answer: AnswerOf<AnswerableChallenge>;
}

function answerTypeOf(body: {
  readonly challenge?: { readonly name?: unknown } | null;
}): (new () => object) | undefined {
  return answerType(body.challenge?.name);
}

function answerType(name: unknown): (new () => object) | undefined {
  return typeof name === 'string' && Object.hasOwn(ANSWERS, name)
    ? ANSWERS[name as AnswerableChallengeName]
    : undefined;
}
