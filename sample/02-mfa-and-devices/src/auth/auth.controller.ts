import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { type AuthenticationOutcome, CognitoService, Public, type Registration } from 'mandate';
import { AuthenticateDto, ConfirmSignUpDto, RegisterDto, RespondToChallengeDto } from 'mandate/dto';

import { deviceOf, dropDevice } from '../devices/device-cookie.js';

@Public()
@Controller('auth')
export class AuthController {
  constructor(private readonly cognito: CognitoService) {}

  @Post('register')
  register(@Body() body: RegisterDto): Promise<Registration> {
    return this.cognito.register(body);
  }

  @Post('confirm')
  @HttpCode(204)
  async confirm(@Body() body: ConfirmSignUpDto): Promise<void> {
    await this.cognito.confirmSignUp(body);
  }

  /** Returns tokens or a challenge, depending on the second factors of the user and on the device. */
  @Post('authenticate')
  @HttpCode(200)
  async authenticate(
    @Body() { username, password }: AuthenticateDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AuthenticationOutcome> {
    const device = deviceOf(request, username);
    const outcome = await this.cognito.authenticate({ username, password, device });
    if (outcome.forgottenDeviceKey !== undefined) {
      dropDevice(response);
    }
    return outcome;
  }

  /**
   * Receives the challenge of the previous step with its answer. The server keeps no state, so any instance can handle
   * it. The outcome may be another challenge (SMS_MFA after SELECT_MFA_TYPE).
   */
  @Post('respond')
  @HttpCode(200)
  respond(
    @Body() { challenge, answer }: RespondToChallengeDto,
    @Req() request: Request,
  ): Promise<AuthenticationOutcome> {
    return this.cognito.respondToChallenge(challenge, answer, { device: deviceOf(request, challenge.username) });
  }
}
