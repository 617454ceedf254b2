import {
  type CognitoIdentityProviderClient,
  InitiateAuthCommand,
  type InitiateAuthCommandOutput,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider';

import { secretHash } from '../../lib/protocol/secret-hash.js';
import type { LocalClient } from '../../lib/testing/index.js';

/** The response of both operations of a sign-in. */
export type Answer = Pick<
  InitiateAuthCommandOutput,
  'AuthenticationResult' | 'AvailableChallenges' | 'ChallengeName' | 'ChallengeParameters' | 'Session'
>;

/** Signs in one user with USER_AUTH, step by step. */
export class ChoiceSignIn {
  constructor(
    private readonly sdk: CognitoIdentityProviderClient,
    private readonly client: LocalClient,
    private readonly username: string,
  ) {}

  /** InitiateAuth. */
  start(parameters: Record<string, string> = {}, session?: string): Promise<Answer> {
    return this.sdk.send(
      new InitiateAuthCommand({
        AuthFlow: 'USER_AUTH',
        ClientId: this.client.id,
        AuthParameters: { USERNAME: this.username, ...this.hash(this.username), ...parameters },
        ...(session !== undefined && { Session: session }),
      }),
    );
  }

  /** RespondToAuthChallenge. `responses` may name another USERNAME than the start. */
  answer({ ChallengeName, Session }: Answer, responses: Record<string, string>): Promise<Answer> {
    const username = responses['USERNAME'] ?? this.username;
    return this.sdk.send(
      new RespondToAuthChallengeCommand({
        ChallengeName,
        ClientId: this.client.id,
        Session,
        ChallengeResponses: { USERNAME: username, ...this.hash(username), ...responses },
      }),
    );
  }

  private hash(username: string): Record<string, string> {
    const { id, secret } = this.client;
    return secret === undefined ? {} : { SECRET_HASH: secretHash(username, id, secret) };
  }
}

/** The claims of a token, unverified. */
export function claimsOf(token: string | undefined): Record<string, unknown> {
  return JSON.parse(Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
}
