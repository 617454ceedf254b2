import type { SrpVerifier } from '../../protocol/srp/server.js';

/** A device that signed in. Until ConfirmDevice gives it a verifier it is only a promised key. */
export interface Device {
  readonly key: string;
  readonly groupKey: string;
  name?: string;
  verifier?: SrpVerifier;
  remembered: boolean;
  lastIp: string;
  readonly createdAt: number;
  modifiedAt: number;
  authenticatedAt: number;
}
