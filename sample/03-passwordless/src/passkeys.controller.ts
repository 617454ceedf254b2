import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { AccessToken, CognitoService } from 'mandate';
import { CompletePasskeyDto, DeletePasskeyDto } from 'mandate/dto';

@Controller('passkeys')
export class PasskeysController {
  constructor(private readonly cognito: CognitoService) {}

  @Get()
  async list(@AccessToken() accessToken: string) {
    const passkeys = [];
    for await (const passkey of this.cognito.passkeys.list(accessToken)) {
      passkeys.push(passkey);
    }
    return passkeys;
  }

  /** Returns the options with which the browser creates a passkey. */
  @Post('start')
  @HttpCode(200)
  start(@AccessToken() accessToken: string) {
    return this.cognito.passkeys.startRegistration(accessToken);
  }

  @Post()
  @HttpCode(204)
  async complete(@AccessToken() accessToken: string, @Body() { credential }: CompletePasskeyDto) {
    await this.cognito.passkeys.completeRegistration({ accessToken, credential });
  }

  @Delete(':credentialId')
  @HttpCode(204)
  async delete(@AccessToken() accessToken: string, @Param() { credentialId }: DeletePasskeyDto) {
    await this.cognito.passkeys.delete({ accessToken, credentialId });
  }
}
