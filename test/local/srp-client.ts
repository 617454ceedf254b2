import {
  type CognitoIdentityProviderClient,
  InitiateAuthCommand,
  type InitiateAuthCommandOutput,
  RespondToAuthChallengeCommand,
  type RespondToAuthChallengeCommandOutput,
} from '@aws-sdk/client-cognito-identity-provider';

import { secretHash } from '../../lib/protocol/secret-hash.js';
import { clientSessionKey, createClientKeyPair } from '../../lib/protocol/srp/client.js';
import { srpRealmOfPool } from '../../lib/protocol/srp/identity.js';
import { passwordClaimSignature } from '../../lib/protocol/srp/session-key.js';
import { formatSrpTimestamp } from '../../lib/protocol/srp/timestamp.js';

/** The user and the app client of a sign-in. */
export interface SrpSignIn {
  readonly sdk: CognitoIdentityProviderClient;
  readonly userPoolId: string;
  readonly clientId: string;
  readonly clientSecret?: string;
  readonly username: string;
  readonly password: string;
}

/** Starts an SRP sign-in. */
export async function startSrp({ sdk, clientId, clientSecret, username }: SrpSignIn) {
  const keyPair = createClientKeyPair();
  const challenge = await sdk.send(
    new InitiateAuthCommand({
      AuthFlow: 'USER_SRP_AUTH',
      ClientId: clientId,
      AuthParameters: { USERNAME: username, SRP_A: keyPair.publicHex, ...hash(clientSecret, clientId, username) },
    }),
  );
  return { keyPair, challenge };
}

/** Answers PASSWORD_VERIFIER. */
export async function proveSrp(
  { sdk, userPoolId, clientId, clientSecret, password }: SrpSignIn,
  { keyPair, challenge }: { keyPair: ReturnType<typeof createClientKeyPair>; challenge: InitiateAuthCommandOutput },
): Promise<RespondToAuthChallengeCommandOutput> {
  const { SALT = '', SRP_B = '', SECRET_BLOCK = '', USER_ID_FOR_SRP = '' } = challenge.ChallengeParameters ?? {};
  const identity = { realm: srpRealmOfPool(userPoolId), userId: USER_ID_FOR_SRP };
  const key = clientSessionKey(keyPair, { serverPublicHex: SRP_B, saltHex: SALT }, identity, password);
  const timestamp = formatSrpTimestamp(new Date());
  return sdk.send(
    new RespondToAuthChallengeCommand({
      ClientId: clientId,
      ChallengeName: 'PASSWORD_VERIFIER',
      ChallengeResponses: {
        USERNAME: USER_ID_FOR_SRP,
        PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
        PASSWORD_CLAIM_SIGNATURE: passwordClaimSignature(key, identity, SECRET_BLOCK, timestamp),
        TIMESTAMP: timestamp,
        ...hash(clientSecret, clientId, USER_ID_FOR_SRP),
      },
    }),
  );
}

/** Signs in with SRP. */
export async function signInBySrp(signIn: SrpSignIn): Promise<RespondToAuthChallengeCommandOutput> {
  return proveSrp(signIn, await startSrp(signIn));
}

function hash(secret: string | undefined, clientId: string, username: string): Record<string, string> {
  return secret === undefined ? {} : { SECRET_HASH: secretHash(username, clientId, secret) };
}
