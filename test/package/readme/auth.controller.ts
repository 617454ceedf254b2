import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CognitoService, Public } from 'mandate';
import { AuthenticateDto, ConfirmSignUpDto, RegisterDto } from 'mandate/dto';

@Controller('auth')
@Public()
export class AuthController {
  constructor(private readonly cognito: CognitoService) {}

  @Post('register')
  register(@Body() body: RegisterDto) {
    return this.cognito.register(body);
  }

  @Post('confirm')
  @HttpCode(204)
  async confirm(@Body() body: ConfirmSignUpDto) {
    await this.cognito.confirmSignUp(body);
  }

  @Post('authenticate')
  @HttpCode(200)
  authenticate(@Body() body: AuthenticateDto) {
    return this.cognito.authenticate(body);
  }
}
