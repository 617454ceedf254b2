import { Body, Controller, Delete, Get, HttpCode, Patch } from '@nestjs/common';
import { AccessToken, CognitoService, CurrentUser, type AccessTokenClaims } from 'mandate';
import { UpdateProfileDto } from 'mandate/dto';

@Controller('me')
export class MeController {
  constructor(private readonly cognito: CognitoService) {}

  /** Reads the token only, without a call to Cognito. */
  @Get()
  me(@CurrentUser() user: AccessTokenClaims) {
    return { sub: user.sub, username: user.username, groups: user['cognito:groups'] ?? [] };
  }

  @Get('profile')
  profile(@AccessToken() accessToken: string) {
    return this.cognito.getUser(accessToken);
  }

  @Patch('profile')
  updateProfile(@AccessToken() accessToken: string, @Body() { attributes }: UpdateProfileDto) {
    return this.cognito.updateProfile({ accessToken, attributes });
  }

  @Delete()
  @HttpCode(204)
  async delete(@AccessToken() accessToken: string) {
    await this.cognito.deleteUser(accessToken);
  }
}
