import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { AccessToken, CognitoService, Public } from 'mandate';
import { ChoiceAuthenticateDto, ConfirmSignUpDto, PasswordlessRegisterDto, RespondToChallengeDto } from 'mandate/dto';

@Controller('auth')
export class AuthController {
  constructor(private readonly cognito: CognitoService) {}

  @Public()
  @Post('register')
  register(@Body() body: PasswordlessRegisterDto) {
    return this.cognito.register(body);
  }

  /** The session of the confirmation signs the user in without a second code. */
  @Public()
  @Post('confirm')
  @HttpCode(200)
  async confirm(@Body() body: ConfirmSignUpDto) {
    const { session } = await this.cognito.confirmSignUp(body);
    return this.cognito.authenticate({ flow: 'USER_AUTH', username: body.username, session });
  }

  @Public()
  @Post('sign-in')
  @HttpCode(200)
  signIn(@Body() body: ChoiceAuthenticateDto) {
    return this.cognito.authenticate(body);
  }

  /** A challenge is plain JSON. The browser receives it from the sign-in and sends it back with the answer. */
  @Public()
  @Post('respond')
  @HttpCode(200)
  respond(@Body() { challenge, answer }: RespondToChallengeDto) {
    return this.cognito.respondToChallenge(challenge, answer);
  }

  @Get('me')
  async me(@AccessToken() accessToken: string) {
    const { attributes } = await this.cognito.getUser(accessToken);
    return { email: attributes.email };
  }

  @Post('sign-out')
  @HttpCode(204)
  async signOut(@AccessToken() accessToken: string) {
    await this.cognito.logout(accessToken);
  }
}
