import { Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { Keyv } from 'keyv';
import { CognitoAuthGuard, CognitoExceptionFilter, MandateModule } from 'mandate';

import { AuthController } from './auth.controller.js';
import { MeController } from './me.controller.js';
import { RevocationStoreModule } from './revocation-store.module.js';

@Module({
  imports: [
    ConfigModule.forRoot({ isGlobal: true }),
    // #region module
    MandateModule.forRootAsync({
      imports: [RevocationStoreModule],
      inject: [ConfigService, Keyv],
      useFactory: (config: ConfigService, store: Keyv) => ({
        userPoolId: config.getOrThrow<string>('COGNITO_USER_POOL_ID'),
        clientId: config.getOrThrow<string>('COGNITO_CLIENT_ID'),
        clientSecret: config.get<string>('COGNITO_CLIENT_SECRET'),
        // For an embedded Cognito only. Default: the addresses of Amazon Cognito.
        endpoint: config.get<string>('COGNITO_ENDPOINT'),
        issuer: config.get<string>('COGNITO_ISSUER'),
        revocation: { store },
      }),
    }),
    // #endregion
  ],
  controllers: [AuthController, MeController],
  providers: [
    // Every route requires a token unless it is @Public().
    { provide: APP_GUARD, useClass: CognitoAuthGuard },
    { provide: APP_FILTER, useClass: CognitoExceptionFilter },
  ],
})
export class AppModule {}
