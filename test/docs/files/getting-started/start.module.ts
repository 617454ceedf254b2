import { Module } from '@nestjs/common';

import { AppModule } from './app.module.js';
import { AuthModule } from './auth.module.js';

/** The application of the page, with its auth API. */
@Module({ imports: [AppModule, AuthModule] })
export class AppWithAuthModule {}
