/**
 * What an authenticator app shows next to its codes.
 *
 * @publicApi
 */
export interface OtpauthLabel {
  /** The issuer, for example the name of the application. */
  readonly issuer: string;
  /** The account, for example an e-mail address. */
  readonly account: string;
}

/**
 * The URI that authenticator apps read from a QR code (Google's Key URI format). Algorithm, digits and period are left
 * out: Cognito's (SHA-1, 6 digits, 30 seconds) are the defaults of the format, and some apps reject the parameters.
 *
 * @param secretCode - SecretCode of AssociateSoftwareToken, base32.
 */
export function otpauthUri({ issuer, account }: OtpauthLabel, secretCode: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?secret=${encodeURIComponent(secretCode)}&issuer=${encodeURIComponent(issuer)}`;
}
