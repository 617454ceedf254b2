import { Controller, Get } from '@nestjs/common';
import { type AccessTokenClaims, CurrentUser } from 'mandate';

@Controller('me')
export class MeController {
  /** Reads the token only, without a call to Cognito. */
  @Get()
  me(@CurrentUser() user: AccessTokenClaims) {
    return { sub: user.sub, username: user.username, groups: user['cognito:groups'] ?? [] };
  }
}
