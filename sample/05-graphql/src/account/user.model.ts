import { Field, ID, ObjectType } from '@nestjs/graphql';

/** Who asks. */
@ObjectType()
export class User {
  @Field(() => ID)
  declare sub: string;

  @Field()
  declare username: string;

  @Field(() => [String])
  declare groups: string[];
}
