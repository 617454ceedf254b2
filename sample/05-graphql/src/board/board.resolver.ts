import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import { CurrentUser, Groups, Public, type AccessTokenClaims } from 'mandate';

import { Board } from './board.js';
import { Post } from './post.model.js';

@Resolver(() => Post)
export class BoardResolver {
  constructor(private readonly board: Board) {}

  /** Public. With a valid token the field `mine` is true for the caller's own posts. */
  @Public()
  @Query(() => [Post])
  posts(): Post[] {
    return this.board.posts;
  }

  @Mutation(() => Post)
  addPost(@Args('text') text: string, @CurrentUser() { sub, username }: AccessTokenClaims): Post {
    return this.board.add({ text, authorSub: sub, authorName: username });
  }

  @Groups('moderators')
  @Mutation(() => Boolean)
  removePost(@Args('id', { type: () => ID }) id: string): boolean {
    return this.board.remove(id);
  }

  /** Ends with its connection, which closes when the token expires. */
  @Subscription(() => Post, { resolve: ([post]: [Post]) => post })
  postAdded(): AsyncIterable<[Post]> {
    return this.board.added();
  }

  /** Evaluated with the token of each reader. In a subscription that is each subscriber. */
  @Public()
  @ResolveField(() => Boolean)
  mine(@Parent() post: Post, @CurrentUser('sub') reader: string | undefined): boolean {
    return post.authorSub === reader;
  }

  /** Only for signed-in users. */
  @ResolveField(() => String, { nullable: true })
  author(@Parent() post: Post): string {
    return post.authorName;
  }
}
