import { NotImplementedException } from '@nestjs/common';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CognitoService, CurrentUser, Public, type AccessTokenClaims } from 'mandate';

import { Tokens } from './tokens.model.js';
import { User } from './user.model.js';

@Resolver(() => User)
export class AccountResolver {
  constructor(private readonly cognito: CognitoService) {}

  @Public()
  @Mutation(() => Tokens)
  async signIn(@Args('username') username: string, @Args('password') password: string): Promise<Tokens> {
    const outcome = await this.cognito.authenticate({ username, password });
    if (outcome.status === 'CHALLENGE') {
      throw new NotImplementedException(`This sample does not support the challenge ${outcome.challenge.name}.`);
    }
    return outcome.tokens;
  }

  @Query(() => User)
  me(@CurrentUser() { sub, username, 'cognito:groups': groups = [] }: AccessTokenClaims): User {
    return { sub, username, groups: [...groups] };
  }
}
