import { Controller, Get } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { CurrentUser } from 'mandate';

@Controller('me')
export class MeController {
  constructor(private readonly config: ConfigService) {}

  @Get()
  me(@CurrentUser('username') username: string) {
    return { username, answeredBy: this.config.get<string>('INSTANCE') };
  }
}
