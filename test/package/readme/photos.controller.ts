import { Controller, Get } from '@nestjs/common';
import { CurrentUser, Groups, type IdTokenClaims, MaxAge, Pool, Public, Scopes, TokenUse } from 'mandate';

@Controller('photos')
export class PhotosController {
  @Public() // no token needed; a valid token still identifies the user
  @Get()
  all(@CurrentUser('username') username?: string) {
    return { visibleTo: username ?? 'everybody' };
  }

  @Groups('admins', 'editors') // in any of them, as Groups.any(...); also Groups.all(...), Groups.none(...)
  @Scopes('photos/read') // all of them, as Scopes.all(...); also Scopes.any(...), Scopes.none(...)
  @MaxAge(300) // a sign-in within five minutes, else 401 insufficient_user_authentication (RFC 9470)
  @Get('hidden')
  hidden(@CurrentUser('sub') sub: string) {
    return { visibleTo: sub };
  }

  @TokenUse('id') // another kind of token than the pool's default
  @Pool('staff') // another pool
  @Get('of-staff')
  ofStaff(@CurrentUser() user: IdTokenClaims) {
    return { visibleTo: user.email };
  }
}
