import { Module } from '@nestjs/common';
import { MandateAuthApiModule } from 'mandate/http';

@Module({
  imports: [
    // POST /auth/register, POST /auth/authenticate, POST /auth/renew, GET /auth/me and 26 more.
    MandateAuthApiModule.forRoot({ delivery: 'body' }),
  ],
})
export class AuthModule {}
