import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { AccessToken, CognitoService, Public } from 'mandate';
import {
  AuthenticateDto,
  ConfirmForgotPasswordDto,
  ConfirmSignUpDto,
  InitiateForgotPasswordDto,
  RegisterDto,
  RenewTokensDto,
  ResendConfirmationCodeDto,
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
  @Post('resend-code')
  @HttpCode(200)
  resendCode(@Body() body: ResendConfirmationCodeDto) {
    return this.cognito.resendConfirmationCode(body);
  }

  @Public()
  @Post('authenticate')
  @HttpCode(200)
  authenticate(@Body() body: AuthenticateDto) {
    return this.cognito.authenticate(body);
  }

  /** A challenge is plain JSON. The browser receives it from the sign-in and sends it back with the answer. */
  @Public()
  @Post('respond')
  @HttpCode(200)
  respond(@Body() { challenge, answer }: RespondToChallengeDto) {
    return this.cognito.respondToChallenge(challenge, answer);
  }

  @Public()
  @Post('renew')
  @HttpCode(200)
  renew(@Body() body: RenewTokensDto) {
    return this.cognito.renewTokens(body);
  }

  @Public()
  @Post('forgot-password')
  @HttpCode(200)
  forgotPassword(@Body() body: InitiateForgotPasswordDto) {
    return this.cognito.initiateForgotPassword(body);
  }

  @Public()
  @Post('confirm-forgot-password')
  @HttpCode(204)
  async confirmForgotPassword(@Body() body: ConfirmForgotPasswordDto) {
    await this.cognito.confirmForgotPassword(body);
  }

  @Post('logout')
  @HttpCode(204)
  async logout(@AccessToken() accessToken: string) {
    await this.cognito.logout(accessToken);
  }
}
