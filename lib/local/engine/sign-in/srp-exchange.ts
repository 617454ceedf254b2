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
import type { SignInFlow } from '../../model/challenge-session.js';
import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import { invalidParameter } from '../cognito-fault.js';
import type { Environment } from '../environment.js';
import { srpIdentity } from '../users/password.js';
import { parameter } from './parameters.js';
import { incorrectPassword } from './refusals.js';
import type { SrpExchange } from './secret-blocks.js';

/** Who proves a password by SRP; `user` is undefined for one whom the pool only pretends to have. */
export interface SrpSubject {
  readonly pool: Pool;
  readonly client: AppClient;
  readonly user?: User | undefined;
  readonly typedName: string;
  readonly flow: SignInFlow;
}

/** A user's name and verifier for SRP. */
interface SrpAccount {
  readonly username: string;
  readonly verifier: SrpVerifier;
}

type Crypto = Pick<Environment, 'random' | 'secretBlocks'>;

/**
 * Starts an exchange: the parameters of PASSWORD_VERIFIER.
 *
 * @throws CognitoFault InvalidParameterException when SRP_A is no number or 0 modulo N.
 */
export function srpChallengeParameters(
  environment: Crypto,
  subject: SrpSubject,
  clientPublic: string,
): Record<string, string> {
  const { user, client, flow } = subject;
  const { username, verifier } =
    user?.credential === undefined
      ? pretendedAccount(environment, subject)
      : { username: user.username, verifier: user.credential.verifier };
  const owner = { clientId: client.id, flow, ...(user?.credential !== undefined && { username }) };
  return {
    ...startExchange(environment, owner, verifier, clientPublic),
    USERNAME: username,
    USER_ID_FOR_SRP: username,
  };
}

/**
 * The server's first message for any verifier, a user's or a device's.
 *
 * @throws CognitoFault InvalidParameterException when SRP_A is no number or 0 modulo N.
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
 * Opens the block of an answer; it cannot be used a second time.
 *
 * @param deviceKey - whose proof it is; undefined: the user's own.
 * @throws CognitoFault NotAuthorizedException when it is not ours, too old, used before or of another client.
 */
export function openExchange(
  { secretBlocks }: Pick<Environment, 'secretBlocks'>,
  client: AppClient,
  responses: Readonly<Record<string, string>>,
  deviceKey?: string,
): SrpExchange {
  const exchange = secretBlocks.open(parameter(responses, 'PASSWORD_CLAIM_SECRET_BLOCK'));
  if (exchange?.clientId !== client.id || exchange.deviceKey !== deviceKey) {
    throw incorrectPassword();
  }
  return exchange;
}

/**
 * Whether an answer proves the password. TIMESTAMP must have the right form but may tell any time: that an answer is
 * fresh is the secret block's business, and tests move the server's clock without the client's.
 */
export function claimIsRight(
  exchange: SrpExchange,
  identity: SrpIdentity,
  responses: Readonly<Record<string, string>>,
): boolean {
  const timestamp = parameter(responses, 'TIMESTAMP');
  const signature = parameter(responses, 'PASSWORD_CLAIM_SIGNATURE');
  if (parseSrpTimestamp(timestamp) === undefined) {
    return false;
  }
  const keyPair = { secret: integerFromHex(exchange.secret), publicHex: exchange.serverPublic };
  const key = serverSessionKey(keyPair, exchange.clientPublic, exchange.verifier);
  const block = parameter(responses, 'PASSWORD_CLAIM_SECRET_BLOCK');
  return signaturesMatch(passwordClaimSignature(key, identity, block, timestamp), signature);
}

/** An account that looks the same each time it is asked for, and that no password opens. */
function pretendedAccount({ random, secretBlocks }: Crypto, { pool, typedName, user }: SrpSubject): SrpAccount {
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
