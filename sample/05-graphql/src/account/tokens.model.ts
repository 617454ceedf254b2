import { Field, ObjectType } from '@nestjs/graphql';

/** What a sign-in gives. */
@ObjectType()
export class Tokens {
  @Field()
  declare accessToken: string;

  @Field({ nullable: true })
  declare refreshToken?: string;
}
