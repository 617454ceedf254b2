import { ArgsType, Field, InputType } from '@nestjs/graphql';

/** Who signs in. */
@ArgsType()
export class SignInArgs {
  @Field()
  declare username: string;

  @Field()
  declare password: string;
}

/** The members that the challenge requires: see `ChallengeAnswers` of mandate. */
@InputType()
export class ChallengeAnswer {
  @Field({ nullable: true })
  declare code?: string;

  @Field({ nullable: true })
  declare password?: string;

  @Field({ nullable: true })
  declare mfaType?: string;
}

/** The answer to the challenge of this browser. */
@ArgsType()
export class RespondArgs {
  @Field()
  declare name: string;

  @Field(() => ChallengeAnswer)
  declare answer: ChallengeAnswer;
}
