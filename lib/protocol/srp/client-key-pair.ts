/**
 * The client's ephemeral key pair. Keep it in memory until the exchange ends, then drop it.
 *
 * @publicApi
 */
export interface SrpClientKeyPair {
  /** The secret exponent a. */
  readonly secret: bigint;
  /** SRP_A: g^a mod N, lower-case hexadecimal. */
  readonly publicHex: string;
}
