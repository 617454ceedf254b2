/** The first guarded route. */
export const ME_CONTROLLER = `import { Controller, Get } from '@nestjs/common';
import { CurrentUser } from 'mandate';

@Controller('me')
export class MeController {
  // Reads the token only, without a call to Cognito.
  @Get()
  me(@CurrentUser('username') username: string) {
    return { username };
  }
}
`;

/** Routes of the application's own over CognitoService. */
export const AUTH_CONTROLLER = `import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { AccessToken, CognitoService, Public } from 'mandate';
import {
  AuthenticateDto,
  ConfirmSignUpDto,
  RegisterDto,
  RenewTokensDto,
  RespondToChallengeDto,
} from 'mandate/dto';

@Controller('auth')
export class AuthController {
  constructor(private readonly cognito: CognitoService) {}

  @Public()
  @Post('register')
  register(@Body() body: RegisterDto) {
    return this.cognito.register(body);
  }

  @Public()
  @Post('confirm')
  @HttpCode(204)
  async confirm(@Body() body: ConfirmSignUpDto) {
    await this.cognito.confirmSignUp(body);
  }

  @Public()
  @Post('authenticate')
  @HttpCode(200)
  authenticate(@Body() body: AuthenticateDto) {
    return this.cognito.authenticate(body);
  }

  // Answers what authenticate returns as a challenge, such as a code of MFA.
  @Public()
  @Post('respond')
  @HttpCode(200)
  respond(@Body() { challenge, answer, device }: RespondToChallengeDto) {
    return this.cognito.respondToChallenge(challenge, answer, { device });
  }

  @Public()
  @Post('renew')
  @HttpCode(200)
  renew(@Body() body: RenewTokensDto) {
    return this.cognito.renewTokens(body);
  }

  @Post('logout')
  @HttpCode(204)
  async logout(@AccessToken() accessToken: string) {
    await this.cognito.logout(accessToken);
  }
}
`;
