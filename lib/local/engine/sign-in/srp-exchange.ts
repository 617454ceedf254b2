import { integerFromHex, integerToHex } from '../../../protocol/srp/integers.js';
import {
  createServerKeyPair,
  createVerifier,
  readClientPublic,
  serverSessionKey,
  signaturesMatch,
  type SrpVerifier,
} from '../../../protocol/srp/server.js';
import type { SrpIdentity } from '../../../protocol/srp/identity.js';
import { passwordClaimSignature } from '../../../protocol/srp/session-key.js';
import { SrpProtocolError } from '../../../protocol/srp/srp-error.js';
import { parseSrpTimestamp } from '../../../protocol/srp/timestamp.js';
import type { AppClient } from '../../model/app-client.js';
import { invalidParameter } from '../cognito-fault.js';
import type { Environment } from '../environment.js';
import { srpIdentity } from '../users/password.js';
import type { Parameters, SignInAttempt } from './attempt.js';
import { assertConfirmed } from './factor-checks.js';
import { incorrectPassword, requiredParameter } from './faults.js';
import type { SrpExchange } from './secret-blocks.js';

/** A username and its SRP verifier. */
interface SrpAccount {
  readonly username: string;
  readonly verifier: SrpVerifier;
}

type Crypto = Pick<Environment, 'random' | 'secretBlocks'>;

/**
 * Starts a password's exchange.
 *
 * @param clientPublic - SRP_A.
 * @returns the parameters of PASSWORD_VERIFIER.
 * @throws CognitoFault InvalidParameterException if SRP_A is not hexadecimal or 0 modulo N; UserNotConfirmedException.
 */
export function passwordVerifierParameters(
  environment: Crypto,
  attempt: SignInAttempt,
  clientPublic: string,
): Record<string, string> {
  const { user, client, flow } = attempt;
  if (user !== undefined) {
    assertConfirmed(user);
  }
  const { username, verifier } =
    user?.credential === undefined
      ? pretendedAccount(environment, attempt)
      : { username: user.username, verifier: user.credential.verifier };
  const owner = { clientId: client.id, flow, ...(user?.credential !== undefined && { username }) };
  return {
    ...startExchange(environment, owner, verifier, clientPublic),
    USERNAME: username,
    USER_ID_FOR_SRP: username,
  };
}

/**
 * Starts an exchange over the verifier of a user or a device (RFC 5054 section 2.6).
 *
 * @param clientPublic - SRP_A.
 * @throws CognitoFault InvalidParameterException if SRP_A is not hexadecimal or 0 modulo N.
 */
export function startExchange(
  { random, secretBlocks }: Crypto,
  owner: Pick<SrpExchange, 'clientId' | 'flow' | 'username' | 'deviceKey'>,
  verifier: SrpVerifier,
  clientPublic: string,
): Record<'SALT' | 'SRP_B' | 'SECRET_BLOCK', string> {
  assertClientPublic(clientPublic);
  const keyPair = createServerKeyPair(verifier.verifierHex, (size) => random.bytes(size));
  const block = secretBlocks.seal({
    ...owner,
    clientPublic,
    secret: integerToHex(keyPair.secret),
    serverPublic: keyPair.publicHex,
    verifier: verifier.verifierHex,
  });
  return { SALT: verifier.saltHex, SRP_B: keyPair.publicHex, SECRET_BLOCK: block };
}

/**
 * Opens the secret block of an answer and spends it.
 *
 * @param deviceKey - of a device's exchange; undefined for a password's.
 * @throws CognitoFault NotAuthorizedException if the block is forged, expired, spent or another client's.
 */
export function openExchange(
  { secretBlocks }: Pick<Environment, 'secretBlocks'>,
  client: AppClient,
  responses: Parameters,
  deviceKey?: string,
): SrpExchange {
  const exchange = secretBlocks.open(requiredParameter(responses, 'PASSWORD_CLAIM_SECRET_BLOCK'));
  if (exchange?.clientId !== client.id || exchange.deviceKey !== deviceKey) {
    throw incorrectPassword();
  }
  return exchange;
}

/**
 * Whether an answer proves the password. TIMESTAMP must have the right format but may hold any time: the secret block
 * limits the age of an answer, and tests move the server's clock without the client's.
 */
export function verifyClaim(exchange: SrpExchange, identity: SrpIdentity, responses: Parameters): boolean {
  const timestamp = requiredParameter(responses, 'TIMESTAMP');
  const signature = requiredParameter(responses, 'PASSWORD_CLAIM_SIGNATURE');
  if (parseSrpTimestamp(timestamp) === undefined) {
    return false;
  }
  const keyPair = { secret: integerFromHex(exchange.secret), publicHex: exchange.serverPublic };
  const key = serverSessionKey(keyPair, exchange.clientPublic, exchange.verifier);
  const block = requiredParameter(responses, 'PASSWORD_CLAIM_SECRET_BLOCK');
  return signaturesMatch(passwordClaimSignature(key, identity, block, timestamp), signature);
}

/** An account for an unknown user: the same each time, with a random password. */
function pretendedAccount({ random, secretBlocks }: Crypto, { pool, typedName, user }: SignInAttempt): SrpAccount {
  const digest = secretBlocks.pseudonym(`${pool.id}:${typedName}`);
  const username = user?.username ?? uuidOf(digest);
  const salt = digest.subarray(16).toString('hex');
  return { username, verifier: createVerifier(srpIdentity(pool, username), random.bytes(16).toString('hex'), salt) };
}

function uuidOf(digest: Buffer): string {
  const hex = digest.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

function assertClientPublic(clientPublic: string): void {
  try {
    readClientPublic(clientPublic);
  } catch (cause) {
    throw cause instanceof SrpProtocolError ? invalidParameter('Invalid SRP_A value.') : cause;
  }
}
