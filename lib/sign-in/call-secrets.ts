import type { AnswerOf, Challenge, RememberedDevice } from '../protocol/challenge.js';
import { createClientKeyPair } from '../protocol/srp/client.js';
import type { SrpClientKeyPair } from '../protocol/srp/client-key-pair.js';

/** The secrets of one call, and the challenges that they answer without the user. Lives as long as the call. */
export class CallSecrets {
  private keyPair: SrpClientKeyPair | undefined;

  constructor(
    private readonly password: string | undefined,
    readonly device: RememberedDevice | undefined,
  ) {}

  /** Starts an SRP exchange with a new key pair (RFC 5054). Returns SRP_A, in hexadecimal. */
  beginSrp(): string {
    this.keyPair = createClientKeyPair();
    return this.keyPair.publicHex;
  }

  /** The answer to a challenge that needs no user; undefined for all others. */
  answerTo(challenge: Challenge): AnswerOf<Challenge> | undefined {
    const { password, device, keyPair } = this;
    switch (challenge.name) {
      case 'PASSWORD_VERIFIER':
        return password === undefined || keyPair === undefined ? undefined : { password, keyPair };
      case 'DEVICE_SRP_AUTH':
        return device && { device };
      case 'DEVICE_PASSWORD_VERIFIER':
        return device && keyPair && { device, keyPair };
      default:
        return undefined;
    }
  }
}
