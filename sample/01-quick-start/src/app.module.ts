import { Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { CognitoAuthGuard, CognitoExceptionFilter, MandateModule } from 'mandate';
import { MandateAuthApiModule } from 'mandate/http';

import { MeController } from './me.controller.js';
import { OwnRegisterHandler } from './register.handler.js';

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
    // POST /auth/register, POST /auth/authenticate, GET /auth/me and 27 more: see /docs.
    MandateAuthApiModule.forRootAsync({
      delivery: 'cookie',
      flows: ['USER_SRP_AUTH', 'USER_AUTH'],
      handlers: { register: OwnRegisterHandler },
      inject: [ConfigService],
      useFactory: (config: ConfigService) => ({
        totpIssuer: 'Mandate quick start',
        session: {
          secret: config.getOrThrow<string>('SESSION_SECRET'),
          origin: config.getOrThrow<string>('ORIGIN'),
          // http://localhost has no TLS. Refused for any other address.
          cookie: config.getOrThrow<string>('ORIGIN').startsWith('http:') ? { insecureLocalhost: true } : {},
        },
      }),
    }),
  ],
  controllers: [MeController],
  providers: [
    // Every route requires a session or a token unless it is @Public().
    { provide: APP_GUARD, useClass: CognitoAuthGuard },
    { provide: APP_FILTER, useClass: CognitoExceptionFilter },
  ],
})
export class AppModule {}
