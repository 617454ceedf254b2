import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import { CurrentUser, Groups, Public, type AccessTokenClaims } from 'mandate';

import { Board } from './board.js';
import { Post } from './post.model.js';

@Resolver(() => Post)
export class BoardResolver {
  constructor(private readonly board: Board) {}

  /** For everybody; a good token still says who reads, so that `mine` is right. */
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

  /** A connection outlives its token; the subscription must not. */
  @Subscription(() => Post, { resolve: ([post]: [Post]) => post })
  postAdded(@CurrentUser('exp') expiry: number): AsyncIterable<[Post]> {
    return this.board.added(AbortSignal.timeout(Math.max(0, expiry * 1000 - Date.now())));
  }

  /** Read from the token of each reader: of each subscriber when it comes with a subscription. */
  @Public()
  @ResolveField(() => Boolean)
  mine(@Parent() post: Post, @CurrentUser('sub') reader: string | undefined): boolean {
    return post.authorSub === reader;
  }

  /** Who wrote it is for those who are signed in. */
  @ResolveField(() => String, { nullable: true })
  author(@Parent() post: Post): string {
    return post.authorName;
  }
}
