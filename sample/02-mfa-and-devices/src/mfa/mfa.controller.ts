import { Body, Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { AccessToken, CognitoService, CurrentUser } from 'mandate';
import { MfaPreferenceDto, VerifySoftwareTokenDto } from 'mandate/dto';

@Controller('mfa')
export class MfaController {
  constructor(private readonly cognito: CognitoService) {}

  @Get()
  factors(@AccessToken() accessToken: string) {
    return this.cognito.mfa.factors(accessToken);
  }

  /** Returns a secret for an authenticator app, and its otpauth URI for a QR code. */
  @Post('software-token')
  associate(@AccessToken() accessToken: string, @CurrentUser('username') account: string) {
    return this.cognito.mfa.associateSoftwareToken({ accessToken, issuer: 'Mandate sample', account });
  }

  /** Verifies the first code of the app and makes it the preferred second factor. */
  @Post('software-token/verify')
  @HttpCode(204)
  async verify(
    @AccessToken() accessToken: string,
    @Body() { code, deviceName }: VerifySoftwareTokenDto,
  ): Promise<void> {
    await this.cognito.mfa.verifySoftwareToken({ accessToken, code, deviceName });
    await this.cognito.mfa.setPreference({ accessToken, softwareToken: { enabled: true, preferred: true } });
  }

  @Put('preference')
  @HttpCode(204)
  async prefer(
    @AccessToken() accessToken: string,
    @Body() { sms, email, softwareToken }: MfaPreferenceDto,
  ): Promise<void> {
    await this.cognito.mfa.setPreference({ accessToken, sms, email, softwareToken });
  }
}
