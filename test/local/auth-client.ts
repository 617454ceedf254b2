import {
  type AuthFlowType,
  type CognitoIdentityProviderClient,
  InitiateAuthCommand,
  type InitiateAuthCommandOutput,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider';

import { secretHash } from '../../lib/protocol/secret-hash.js';
import { srpRealmOfPool } from '../../lib/protocol/srp/identity.js';
import { clientSessionKey, type createClientKeyPair } from '../../lib/protocol/srp/client.js';
import { passwordClaimSignature } from '../../lib/protocol/srp/session-key.js';
import { formatSrpTimestamp } from '../../lib/protocol/srp/timestamp.js';
import type { LocalService } from './local-service.js';

type Parameters = Readonly<Record<string, string>>;

/** The identity and password that an SRP answer proves. */
export interface SrpProof {
  readonly realm: string;
  readonly userId: string;
  readonly password: string;
}

/** The sign-in API of one app client. Adds SECRET_HASH if the client has a secret. */
export class AuthClient {
  readonly sdk: CognitoIdentityProviderClient;
  readonly clientId: string;
  readonly poolId: string;
  private readonly secret: string | undefined;

  constructor({ cognito, sdk }: Pick<LocalService, 'cognito' | 'sdk'>, clientName = 'public', poolName?: string) {
    const pool = cognito.pool(poolName);
    const client = pool.client(clientName);
    this.sdk = sdk;
    this.poolId = pool.id;
    this.clientId = client.id;
    this.secret = client.secret;
  }

  initiate(
    flow: AuthFlowType,
    parameters: Parameters,
    metadata?: Record<string, string>,
  ): Promise<InitiateAuthCommandOutput> {
    return this.sdk.send(
      new InitiateAuthCommand({
        AuthFlow: flow,
        ClientId: this.clientId,
        AuthParameters: { ...parameters, ...this.hash(parameters['USERNAME'] ?? '') },
        ClientMetadata: metadata,
      }),
    );
  }

  /** Answers a challenge with the username of the challenge. */
  respond(
    { ChallengeName, ChallengeParameters = {}, Session }: Omit<InitiateAuthCommandOutput, '$metadata'>,
    responses: Parameters,
    metadata?: Record<string, string>,
  ): Promise<InitiateAuthCommandOutput> {
    const named = { USERNAME: ChallengeParameters['USER_ID_FOR_SRP'] ?? ChallengeParameters['USERNAME'] ?? '' };
    const all = { ...named, ...responses };
    return this.sdk.send(
      new RespondToAuthChallengeCommand({
        ClientId: this.clientId,
        ChallengeName,
        Session,
        ChallengeResponses: { ...all, ...this.hash(all.USERNAME) },
        ClientMetadata: metadata,
      }),
    );
  }

  /** Signs in with a password, up to tokens or the first challenge. */
  password(username: string, password: string, more: Parameters = {}): Promise<InitiateAuthCommandOutput> {
    return this.initiate('USER_PASSWORD_AUTH', { USERNAME: username, PASSWORD: password, ...more });
  }

  /** Renews tokens. */
  refresh(username: string, refreshToken: string, more: Parameters = {}): Promise<InitiateAuthCommandOutput> {
    return this.sdk.send(
      new InitiateAuthCommand({
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        ClientId: this.clientId,
        AuthParameters: { REFRESH_TOKEN: refreshToken, ...more, ...this.hash(username) },
      }),
    );
  }

  /** Answers PASSWORD_VERIFIER. */
  provePassword(
    challenge: InitiateAuthCommandOutput,
    keyPair: ReturnType<typeof createClientKeyPair>,
    password: string,
    more: Parameters = {},
  ): Promise<InitiateAuthCommandOutput> {
    const userId = challenge.ChallengeParameters?.['USER_ID_FOR_SRP'] ?? '';
    const proof = { realm: srpRealmOfPool(this.poolId), userId, password };
    return this.respond(challenge, { ...srpClaim(challenge, keyPair, proof), ...more });
  }

  private hash(username: string): Record<string, string> {
    return this.secret === undefined ? {} : { SECRET_HASH: secretHash(username, this.clientId, this.secret) };
  }
}

/** The proof that (DEVICE_)PASSWORD_VERIFIER requires. */
export function srpClaim(
  { ChallengeParameters = {} }: InitiateAuthCommandOutput,
  keyPair: ReturnType<typeof createClientKeyPair>,
  { realm, userId, password }: SrpProof,
): Record<string, string> {
  const { SALT = '', SRP_B = '', SECRET_BLOCK = '' } = ChallengeParameters;
  const identity = { realm, userId };
  const key = clientSessionKey(keyPair, { serverPublicHex: SRP_B, saltHex: SALT }, identity, password);
  const timestamp = formatSrpTimestamp(new Date());
  return {
    PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
    PASSWORD_CLAIM_SIGNATURE: passwordClaimSignature(key, identity, SECRET_BLOCK, timestamp),
    TIMESTAMP: timestamp,
  };
}
