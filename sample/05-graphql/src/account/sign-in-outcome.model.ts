import { createUnionType, Field, Float, ID, ObjectType } from '@nestjs/graphql';
import type { AuthApiOutcome } from 'mandate/http';

/** The session of a browser. Its tokens are in a cookie. */
@ObjectType()
export class BrowserSession {
  @Field(() => ID)
  declare sub: string;

  /** Milliseconds since the epoch. */
  @Field(() => Float)
  declare expiresAt: number;
}

/** The sign-in is complete. */
@ObjectType()
export class SignedIn {
  @Field(() => BrowserSession)
  declare session: BrowserSession;
}

@ObjectType()
export class ChallengeParameters {
  /** Of SELECT_MFA_TYPE. */
  @Field(() => [String], { nullable: true })
  declare choices?: string[];

  /** Of NEW_PASSWORD_REQUIRED. */
  @Field(() => [String], { nullable: true })
  declare requiredAttributes?: string[];
}

@ObjectType()
export class Challenge {
  @Field()
  declare name: string;

  @Field(() => ChallengeParameters)
  declare parameters: ChallengeParameters;
}

/** Cognito wants to know more. The rest of the challenge is in a cookie. */
@ObjectType()
export class Challenged {
  @Field(() => Challenge)
  declare challenge: Challenge;
}

export const SignInOutcome = createUnionType({
  name: 'SignInOutcome',
  types: () => [SignedIn, Challenged] as const,
  resolveType: ({ status }: AuthApiOutcome) => (status === 'AUTHENTICATED' ? SignedIn : Challenged),
});
