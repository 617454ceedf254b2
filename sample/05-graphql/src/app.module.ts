import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import { CognitoAuthGuard, CognitoExceptionFilter, MandateModule } from 'mandate';

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
    GraphQLModule.forRoot<ApolloDriverConfig>({
      driver: ApolloDriver,
      autoSchemaFile: true,
      // The guard finds the token in the header, or in the connectionParams of graphql-ws.
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
    // Every operation requires a token unless it is @Public().
    { provide: APP_GUARD, useClass: CognitoAuthGuard },
    { provide: APP_FILTER, useClass: CognitoExceptionFilter },
  ],
})
export class AppModule {}
