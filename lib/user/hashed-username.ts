import type { AppClient } from '../client/app-client.js';

/** A user and the app client, as operations without a token name them. */
export interface HashedUsername {
  readonly ClientId: string;
  readonly Username: string;
  /** Over exactly this `Username`; undefined for a public client. */
  readonly SecretHash: string | undefined;
}

/** Names a user for SignUp, ConfirmSignUp, ResendConfirmationCode, ForgotPassword and ConfirmForgotPassword. */
export async function hashedUsername(appClient: AppClient, username: string): Promise<HashedUsername> {
  return { ClientId: appClient.clientId, Username: username, SecretHash: await appClient.secretHash(username) };
}
