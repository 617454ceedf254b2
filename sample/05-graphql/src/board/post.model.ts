import { Field, ID, ObjectType } from '@nestjs/graphql';

/** A post on the board; what depends on the reader is in the resolver. */
@ObjectType()
export class Post {
  @Field(() => ID)
  declare id: string;

  @Field()
  declare text: string;

  /** Not part of the schema: `sub` is who somebody is, while a username may be given away again. */
  declare authorSub: string;

  declare authorName: string;
}
