import { Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { CognitoAuthGuard, CognitoExceptionFilter, MandateModule } from 'mandate';

import { MeController } from './me.controller.js';

@Module({
  imports: [
    ConfigModule.forRoot({ isGlobal: true }),
    MandateModule.forRootAsync({
      isGlobal: true,
      inject: [ConfigService],
      useFactory: (config: ConfigService) => ({
        userPoolId: config.getOrThrow<string>('COGNITO_USER_POOL_ID'),
        clientId: config.getOrThrow<string>('COGNITO_CLIENT_ID'),
        clientSecret: config.get<string>('COGNITO_CLIENT_SECRET'),
        // For an embedded Cognito only. Default: the addresses of Amazon Cognito.
        endpoint: config.get<string>('COGNITO_ENDPOINT'),
        issuer: config.get<string>('COGNITO_ISSUER'),
      }),
    }),
  ],
  controllers: [MeController],
  providers: [
    // Every route requires a token unless it is @Public().
    { provide: APP_GUARD, useClass: CognitoAuthGuard },
    { provide: APP_FILTER, useClass: CognitoExceptionFilter },
  ],
})
export class AppModule {}
