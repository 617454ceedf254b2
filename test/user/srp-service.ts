import {
  createServerKeyPair,
  createVerifier,
  serverSessionKey,
  signaturesMatch,
} from '../../lib/protocol/srp/server.js';
import { passwordClaimSignature } from '../../lib/protocol/srp/session-key.js';
import { exception, json, type RecordedRequest, type Reply } from '../client/fake-service.js';

/** The realm and the user id (or device group key and device key), with their password. */
export interface SrpSecret {
  readonly realm: string;
  readonly userId: string;
  readonly password: string;
}

/** The server's side of one SRP exchange, as two replies: the challenge, then the check of the proof. */
export class SrpService {
  private readonly verifier;
  private readonly keyPair;
  private clientPublic = '';
  private readonly secretBlock = Buffer.from('secret block').toString('base64');

  constructor(private readonly secret: SrpSecret) {
    this.verifier = createVerifier(secret, secret.password);
    this.keyPair = createServerKeyPair(this.verifier.verifierHex);
  }

  /** Answers SRP_A with a challenge. */
  challenge(name: string, parameters: Record<string, string>, session?: string): Reply {
    return (response, request) => {
      this.clientPublic = String(parametersOf(request)['SRP_A']);
      const challenge = {
        ChallengeName: name,
        ChallengeParameters: {
          SALT: this.verifier.saltHex,
          SRP_B: this.keyPair.publicHex,
          SECRET_BLOCK: this.secretBlock,
          ...parameters,
        },
        ...(session !== undefined && { Session: session }),
      };
      json(challenge)(response, request);
    };
  }

  /** Answers a valid proof with `next`, an invalid one as Cognito does. */
  verify(next: Reply): Reply {
    return (response, request) => {
      const { PASSWORD_CLAIM_SIGNATURE, PASSWORD_CLAIM_SECRET_BLOCK, TIMESTAMP } = parametersOf(request);
      const key = serverSessionKey(this.keyPair, this.clientPublic, this.verifier.verifierHex);
      const expected = passwordClaimSignature(key, this.secret, this.secretBlock, String(TIMESTAMP));
      const isProven =
        PASSWORD_CLAIM_SECRET_BLOCK === this.secretBlock && signaturesMatch(expected, String(PASSWORD_CLAIM_SIGNATURE));
      (isProven ? next : exception('NotAuthorizedException', 'Incorrect username or password.'))(response, request);
    };
  }
}

/** AuthParameters or ChallengeResponses of a request. */
export function parametersOf({ body }: Pick<RecordedRequest, 'body'>): Record<string, string> {
  return (body['AuthParameters'] ?? body['ChallengeResponses'] ?? {}) as Record<string, string>;
}
