import type { ChallengeOf } from '../../protocol/challenge.js';
import { ObjectMember, TextMember, UriMember } from '../response-field.decorators.js';

import { POSED_CHALLENGES } from './challenges.js';

/**
 * A secret for an authenticator app: `SoftwareTokenSetup`.
 *
 * @publicApi
 */
export class SoftwareTokenSetupDto {
  @TextMember({
    description: 'The secret, base32, for manual entry. It is the second factor itself: show it once.',
    example: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  })
  declare readonly secretCode: string;

  @UriMember({
    description: 'The secret as a URI, for a QR code.',
    example: 'otpauth://totp/Example:ada?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Example',
  })
  declare readonly otpauthUri: string;

  @ObjectMember(() => POSED_CHALLENGES.MFA_SETUP, {
    description: 'During a sign-in: answer this challenge, in place of the one that was sent.',
    optional: true,
  })
  declare readonly challenge?: ChallengeOf<'MFA_SETUP'>;
}
