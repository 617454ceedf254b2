import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import { CognitoAuthGuard, CognitoExceptionFilter, MandateModule } from 'mandate';
import { MandateAuthApiModule } from 'mandate/http';

import { AccountResolver } from './account/account.resolver.js';
import { BoardResolver } from './board/board.resolver.js';
import { Board } from './board/board.js';

@Module({
  imports: [
    ConfigModule.forRoot({ isGlobal: true }),
    MandateModule.forRootAsync({
      inject: [ConfigService],
      useFactory: (config: ConfigService) => ({
        userPoolId: config.getOrThrow<string>('COGNITO_USER_POOL_ID'),
        clientId: config.getOrThrow<string>('COGNITO_CLIENT_ID'),
        // For an embedded Cognito only. Default: the addresses of Amazon Cognito.
        endpoint: config.get<string>('COGNITO_ENDPOINT'),
        issuer: config.get<string>('COGNITO_ISSUER'),
      }),
    }),
    // No route: the resolvers call its handlers.
    MandateAuthApiModule.forRootAsync({
      delivery: 'cookie',
      routes: false,
      inject: [ConfigService],
      useFactory: (config: ConfigService) => ({
        session: {
          secret: config.getOrThrow<string>('SESSION_SECRET'),
          origin: config.getOrThrow<string>('ORIGIN'),
          // http://localhost has no TLS. Refused for any other address.
          cookie: config.getOrThrow<string>('ORIGIN').startsWith('http:') ? { insecureLocalhost: true } : {},
        },
      }),
    }),
    GraphQLModule.forRoot<ApolloDriverConfig>({
      driver: ApolloDriver,
      autoSchemaFile: true,
      subscriptions: { 'graphql-ws': true },
      // Without this, guards do not apply to fields such as `Post.author`.
      fieldResolverEnhancers: ['guards'],
      includeStacktraceInErrorResponses: false,
    }),
  ],
  providers: [
    Board,
    AccountResolver,
    BoardResolver,
    // Every operation requires a session or a token unless it is @Public().
    { provide: APP_GUARD, useClass: CognitoAuthGuard },
    { provide: APP_FILTER, useClass: CognitoExceptionFilter },
  ],
})
export class AppModule {}
