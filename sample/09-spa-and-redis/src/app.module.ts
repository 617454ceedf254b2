import { Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { APP_GUARD } from '@nestjs/core';
import { Keyv } from 'keyv';
import { CognitoAuthGuard, MandateModule } from 'mandate';
import { browserSession, MandateOAuthModule } from 'mandate/http';

import { MeController } from './me.controller.js';
import { OrdersController } from './orders.controller.js';
import { ReportsClient } from './reports-client.js';
import { SessionStoreModule } from './session-store.module.js';

@Module({
  imports: [
    ConfigModule.forRoot({ isGlobal: true }),
    // The application's users.
    MandateModule.forRootAsync({
      isGlobal: true,
      imports: [SessionStoreModule],
      inject: [ConfigService, Keyv],
      useFactory: (config: ConfigService, store: Keyv) => ({
        ...poolOptions(config),
        clientId: config.getOrThrow<string>('COGNITO_CLIENT_ID'),
        clientSecret: config.getOrThrow<string>('COGNITO_CLIENT_SECRET'),
        oauth: {
          domain: config.getOrThrow<string>('COGNITO_DOMAIN'),
          redirectUri: `${config.getOrThrow<string>('ORIGIN')}/auth/callback`,
          logoutUri: `${config.getOrThrow<string>('ORIGIN')}/`,
        },
        extractors: [browserSession()],
        revocation: { store },
      }),
    }),
    // #region machine
    // This service itself, when it calls another one.
    MandateModule.forRootAsync({
      name: 'machine',
      isGlobal: true,
      inject: [ConfigService],
      useFactory: (config: ConfigService) => ({
        ...poolOptions(config),
        clientId: config.getOrThrow<string>('COGNITO_MACHINE_CLIENT_ID'),
        clientSecret: config.getOrThrow<string>('COGNITO_MACHINE_CLIENT_SECRET'),
        oauth: { domain: config.getOrThrow<string>('COGNITO_DOMAIN') },
      }),
    }),
    // #endregion
    // #region oauth
    MandateOAuthModule.forRootAsync({
      imports: [SessionStoreModule],
      inject: [ConfigService, Keyv],
      useFactory: (config: ConfigService, store: Keyv) => ({
        session: {
          secret: config.getOrThrow<string>('SESSION_SECRET').split(' '),
          store,
          keep: ['email'],
          cookie: config.getOrThrow<string>('ORIGIN').startsWith('http:') ? { insecureLocalhost: true } : {},
        },
        returnTo: { default: '/' },
      }),
    }),
    // #endregion
  ],
  controllers: [MeController, OrdersController],
  providers: [ReportsClient, { provide: APP_GUARD, useClass: CognitoAuthGuard }],
})
export class AppModule {}

function poolOptions(config: ConfigService) {
  return {
    userPoolId: config.getOrThrow<string>('COGNITO_USER_POOL_ID'),
    // For an embedded Cognito only. Default: the addresses of Amazon Cognito.
    endpoint: config.get<string>('COGNITO_ENDPOINT'),
    issuer: config.get<string>('COGNITO_ISSUER'),
  };
}
