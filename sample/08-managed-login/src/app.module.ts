import { Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { APP_GUARD } from '@nestjs/core';
import { bearerToken, CognitoAuthGuard, MandateModule } from 'mandate';
import { browserSession, MandateOAuthModule } from 'mandate/http';

import { MeController } from './me.controller.js';
import { PageController } from './page.controller.js';

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
        oauth: {
          domain: config.getOrThrow<string>('COGNITO_DOMAIN'),
          redirectUri: `${config.getOrThrow<string>('ORIGIN')}/auth/callback`,
          logoutUri: `${config.getOrThrow<string>('ORIGIN')}/`,
          // The last one is for what users do with their own account, such as adding a passkey.
          scopes: ['openid', 'email', 'profile', 'aws.cognito.signin.user.admin'],
        },
        // Pages send the cookie, other clients a token.
        extractors: [bearerToken(), browserSession()],
        // For an embedded Cognito only. Default: the addresses of Amazon Cognito.
        endpoint: config.get<string>('COGNITO_ENDPOINT'),
        issuer: config.get<string>('COGNITO_ISSUER'),
      }),
    }),
    // GET /auth/login, GET /auth/callback, POST /auth/logout, GET /auth/session
    MandateOAuthModule.forRootAsync({
      inject: [ConfigService],
      useFactory: (config: ConfigService) => ({
        session: {
          secret: config.getOrThrow<string>('SESSION_SECRET'),
          keep: ['email'],
          // http://localhost has no TLS. Refused for any other address.
          cookie: config.getOrThrow<string>('ORIGIN').startsWith('http:') ? { insecureLocalhost: true } : {},
        },
        returnTo: { default: '/' },
      }),
    }),
  ],
  controllers: [PageController, MeController],
  // Every route requires a session or a token unless it is @Public().
  providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
})
export class AppModule {}
