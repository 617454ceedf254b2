import type { AnswerOf, ChallengeOf } from '../protocol/challenge.js';

import { ANSWERS, type AnswerableChallengeName } from './challenge-answers.dto.js';
import { SESSION, USERNAME } from './constraints.js';
import { RememberedDeviceDto } from './devices.dto.js';
import { ChoiceField, ObjectField, TextField } from './field.decorators.js';
import { AlternativesField, NestedField } from './nested-field.decorators.js';

/** A challenge that only the user can answer. */
export type AnswerableChallenge = {
  [Name in AnswerableChallengeName]: ChallengeOf<Name>;
}[AnswerableChallengeName];

/** What every challenge holds that comes back. */
class PosedChallengeDto {
  @TextField(USERNAME, { description: 'As the challenge has it.', example: 'ada' })
  declare username: string;

  @TextField(SESSION, { description: 'As the challenge has it; single use.' })
  declare session: string;

  /** May be left out: answers need none of it. Only known to be an object; not for the server to rely on. */
  @ObjectField({ description: 'As the challenge has it; may be left out.', default: {}, optional: true })
  parameters: object = {};
}

/** A challenge that comes back with its answer: as it was given, or without its parameters. */
export class ChallengeDto extends PosedChallengeDto {
  @ChoiceField(Object.keys(ANSWERS), { description: 'Which challenge it is.', example: 'EMAIL_OTP' })
  declare name: AnswerableChallengeName;
}

/** The challenge that wants a second factor to be set up. */
export class MfaSetupChallengeDto extends PosedChallengeDto {
  @ChoiceField(['MFA_SETUP'], { description: 'Which challenge it is.' })
  declare name: 'MFA_SETUP';
}

/**
 * The body that answers a challenge:
 * `cognito.respondToChallenge(body.challenge, body.answer, { device: body.device })`. What the answer must hold
 * depends on the challenge: see the classes `...AnswerDto`.
 */
export class RespondToChallengeDto {
  @NestedField(() => ChallengeDto, { description: 'The challenge, as the step before gave it.' })
  declare challenge: AnswerableChallenge;

  @AlternativesField([...new Set(Object.values(ANSWERS))], (body) => answerTypeOf(body) ?? Object, {
    description: 'What the challenge asks for.',
    example: { code: '123456' },
    // A challenge that nobody can answer is refused by itself.
    when: (body) => answerTypeOf(body) !== undefined,
  })
  declare answer: AnswerOf<AnswerableChallenge>;

  @NestedField(() => RememberedDeviceDto, {
    description: 'The remembered device that the sign-in began with.',
    optional: true,
  })
  declare device?: RememberedDeviceDto;
}

function answerTypeOf(body: {
  readonly challenge?: { readonly name?: unknown } | null;
}): (new () => object) | undefined {
  const name = body.challenge?.name;
  return typeof name === 'string' && Object.hasOwn(ANSWERS, name)
    ? ANSWERS[name as AnswerableChallengeName]
    : undefined;
}
