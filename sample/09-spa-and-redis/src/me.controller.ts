import { Controller, Get } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { type BrowserSession, Session } from 'mandate/http';

@Controller('me')
export class MeController {
  constructor(private readonly config: ConfigService) {}

  @Get()
  me(@Session() { claims }: BrowserSession) {
    return { email: claims['email'], answeredBy: this.config.get<string>('INSTANCE') };
  }
}
