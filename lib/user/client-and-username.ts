import type { AppClient } from '../client/app-client.js';

/** The members that identify app client and user in operations without a token. */
export interface ClientAndUsername {
  readonly ClientId: string;
  readonly Username: string;
  /** Over exactly this `Username`; undefined for a public client. */
  readonly SecretHash: string | undefined;
}

/** Identifies a user for SignUp, ConfirmSignUp, ResendConfirmationCode, ForgotPassword and ConfirmForgotPassword. */
export async function clientAndUsername(appClient: AppClient, username: string): Promise<ClientAndUsername> {
  return { ClientId: appClient.clientId, Username: username, SecretHash: await appClient.secretHash(username) };
}
