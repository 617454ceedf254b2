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

  /** Signs out here: the refresh token cannot be read, so the access token says which sign-in it is. */
  @Post('sign-out')
  @HttpCode(204)
  async signOut(@Body() { refreshToken }: RevokeTokenDto, @AccessToken() accessToken: string) {
    await this.cognito.revokeToken(refreshToken, { accessToken });
  }

  /** Signs out everywhere. */
  @Post('logout')
  @HttpCode(204)
  async logout(@AccessToken() accessToken: string) {
    await this.cognito.logout(accessToken);
  }
}
