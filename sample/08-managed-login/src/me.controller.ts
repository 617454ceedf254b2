import { Controller, Get } from '@nestjs/common';
import { CurrentUser } from 'mandate';

@Controller('me')
export class MeController {
  @Get()
  me(@CurrentUser(['sub', 'username']) user: { sub: string; username: string }) {
    return user;
  }
}
