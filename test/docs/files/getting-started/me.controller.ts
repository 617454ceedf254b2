import { Controller, Get } from '@nestjs/common';
import { type ClaimsOf, CurrentUser, Groups, Public } from 'mandate';

@Controller()
export class MeController {
  @Get('me')
  me(@CurrentUser(['sub', 'username']) user: ClaimsOf<'sub' | 'username'>) {
    return user;
  }

  @Groups('admins')
  @Get('reports')
  reports() {
    return { reports: [] };
  }

  @Public()
  @Get('health')
  health() {
    return { status: 'ok' };
  }
}
