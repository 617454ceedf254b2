/**
 * The key of a raw AES keyring (AES-256-GCM with 12 bytes of IV and 16 of tag).
 *
 * @publicApi
 */
export interface CustomSenderKey {
  /** 32 bytes, base64. */
  readonly key: string;
  /** Default: `mandate`. */
  readonly namespace?: string;
  /** Default: `custom-sender`. */
  readonly name?: string;
}
