/** What an authenticator app shows beside its codes. */
export interface OtpauthLabel {
  /** Who asks for the code, for example the application's name. */
  readonly issuer: string;
  /** Whose code it is, for example an e-mail address. */
  readonly account: string;
}

/**
 * The address that authenticator apps read from a QR code (Google's Key URI format). Algorithm, digits and period are
 * left out: Cognito's (SHA-1, 6, 30 seconds) are the defaults of the format, and some apps refuse the parameters.
 *
 * @param secretCode - base32, as AssociateSoftwareToken gives it.
 */
export function otpauthUri({ issuer, account }: OtpauthLabel, secretCode: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?secret=${encodeURIComponent(secretCode)}&issuer=${encodeURIComponent(issuer)}`;
}
