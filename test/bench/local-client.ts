import { Agent, request } from 'node:http';

import { clientSessionKey, createClientKeyPair } from '../../lib/protocol/srp/client.js';
import { srpRealmOfPool } from '../../lib/protocol/srp/identity.js';
import { passwordClaimSignature } from '../../lib/protocol/srp/session-key.js';
import { formatSrpTimestamp } from '../../lib/protocol/srp/timestamp.js';

/** Where requests go. */
export interface Target {
  readonly endpoint: string;
  readonly poolId: string;
  readonly clientId: string;
}

type Body = Readonly<Record<string, unknown>>;

const TARGET = 'AWSCognitoIdentityProviderService';
/** Kept connections and nothing else: a client that costs more than the servers would hide how they differ. */
const agent = new Agent({ keepAlive: true });

/** Calls an operation. @throws Error if it is refused. */
export function send({ endpoint }: Target, operation: string, input: Body): Promise<Body> {
  const body = JSON.stringify(input);
  const headers = {
    'Content-Type': 'application/x-amz-json-1.1',
    'Content-Length': Buffer.byteLength(body),
    'X-Amz-Target': `${TARGET}.${operation}`,
  };
  return new Promise((resolve, reject) => {
    const sent = request(endpoint, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        if (response.statusCode === 200) {
          resolve(JSON.parse(text) as Body);
        } else {
          reject(new Error(`${operation} was refused: ${text}`));
        }
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Signs in by password, sent as it is. */
export async function signInByPassword(target: Target, USERNAME: string, PASSWORD: string): Promise<void> {
  await send(target, 'InitiateAuth', {
    AuthFlow: 'USER_PASSWORD_AUTH',
    ClientId: target.clientId,
    AuthParameters: { USERNAME, PASSWORD },
  });
}

/** Signs in by SRP: two requests. */
export async function signInBySrp(target: Target, username: string, password: string): Promise<void> {
  const keyPair = createClientKeyPair();
  const challenge = await send(target, 'InitiateAuth', {
    AuthFlow: 'USER_SRP_AUTH',
    ClientId: target.clientId,
    AuthParameters: { USERNAME: username, SRP_A: keyPair.publicHex },
  });
  const parameters = challenge['ChallengeParameters'] as Readonly<Record<string, string>>;
  const { SALT: saltHex = '', SRP_B: serverPublicHex = '', SECRET_BLOCK = '', USER_ID_FOR_SRP = '' } = parameters;
  const identity = { realm: srpRealmOfPool(target.poolId), userId: USER_ID_FOR_SRP };
  const key = clientSessionKey(keyPair, { serverPublicHex, saltHex }, identity, password);
  const timestamp = formatSrpTimestamp(new Date());
  await send(target, 'RespondToAuthChallenge', {
    ClientId: target.clientId,
    ChallengeName: 'PASSWORD_VERIFIER',
    Session: challenge['Session'],
    ChallengeResponses: {
      USERNAME: USER_ID_FOR_SRP,
      PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
      PASSWORD_CLAIM_SIGNATURE: passwordClaimSignature(key, identity, SECRET_BLOCK, timestamp),
      TIMESTAMP: timestamp,
    },
  });
}
