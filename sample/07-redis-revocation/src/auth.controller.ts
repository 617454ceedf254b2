import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { AccessToken, CognitoService, Public } from 'mandate';
import { AuthenticateDto, RevokeTokenDto } from 'mandate/dto';

@Controller('auth')
export class AuthController {
  constructor(private readonly cognito: CognitoService) {}

  @Public()
  @Post('authenticate')
  @HttpCode(200)
  authenticate(@Body() body: AuthenticateDto) {
    return this.cognito.authenticate(body);
  }

  /** Ends this sign-in. A refresh token is opaque, so the access token names the sign-in. */
  @Post('sign-out')
  @HttpCode(204)
  async signOut(@Body() { refreshToken }: RevokeTokenDto, @AccessToken() accessToken: string) {
    await this.cognito.revokeToken(refreshToken, { accessToken });
  }

  /** Ends every sign-in of the user. */
  @Post('logout')
  @HttpCode(204)
  async logout(@AccessToken() accessToken: string) {
    await this.cognito.logout(accessToken);
  }
}
