import { Args, Mutation, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type AccessTokenClaims, CurrentUser, Public } from 'mandate';
import { AnswerChallengeDto, PasswordAuthenticateDto } from 'mandate/dto';
import { AuthApi, type AuthApiCall, AuthCall, MandateValidationPipe } from 'mandate/http';

import { RespondArgs, SignInArgs } from './sign-in.args.js';
import { SignInOutcome } from './sign-in-outcome.model.js';
import { User } from './user.model.js';

/** Validates arguments as the API would validate the body of a request. */
const as = (expectedType: new () => object) => new MandateValidationPipe({ expectedType });

/** Calls the handlers of MandateAuthApiModule, which know no transport. */
@Resolver(() => User)
export class AccountResolver {
  constructor(private readonly auth: AuthApi) {}

  @Public()
  @Mutation(() => SignInOutcome)
  signIn(@Args(as(PasswordAuthenticateDto)) args: SignInArgs, @AuthCall() call: AuthApiCall) {
    return this.auth.handle('authenticate', args, call);
  }

  @Public()
  @Mutation(() => SignInOutcome)
  respond(@Args(as(AnswerChallengeDto)) args: RespondArgs, @AuthCall() call: AuthApiCall) {
    return this.auth.handle('respond', args as AnswerChallengeDto, call);
  }

  @Public()
  @Mutation(() => Boolean)
  async signOut(@AuthCall() call: AuthApiCall): Promise<boolean> {
    await this.auth.handle('logout', {}, call);
    return true;
  }

  @Query(() => User)
  me(@CurrentUser() { sub, username, 'cognito:groups': groups = [] }: AccessTokenClaims): User {
    return { sub, username, groups: [...groups] };
  }

  /** Is not in the token: asks Cognito, if the query asks for it. */
  @ResolveField(() => String, { nullable: true })
  async email(@AuthCall() call: AuthApiCall): Promise<string | undefined> {
    return (await this.auth.handle('me', {}, call)).attributes.email;
  }
}
