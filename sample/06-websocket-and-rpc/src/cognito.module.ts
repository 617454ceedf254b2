import { Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { bearerToken, handshakeToken, MandateModule, payloadToken } from 'mandate';

/** One user pool for all three applications. */
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
        // The token of a message comes first: it may be newer than the token of the handshake.
        extractors: [payloadToken('token'), bearerToken(), handshakeToken()],
      }),
    }),
  ],
  exports: [MandateModule],
})
export class CognitoModule {}
