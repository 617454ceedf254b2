import { Module } from '@nestjs/common';
import { MandateAuthApiModule } from 'mandate/http';

import { AppModule } from './app.module.js';

// #region api
@Module({
  imports: [
    // POST /auth/register, POST /auth/authenticate, POST /auth/renew, GET /auth/me and 26 more.
    MandateAuthApiModule.forRoot({ delivery: 'body' }),
  ],
})
export class AuthModule {}
// #endregion

/** The application of the page, with its auth API. */
@Module({ imports: [AppModule, AuthModule] })
export class AppWithAuthModule {}
