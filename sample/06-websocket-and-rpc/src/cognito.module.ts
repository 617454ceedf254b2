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
        // Both only for an embedded Cognito; without them AWS's own addresses are used.
        endpoint: config.get<string>('COGNITO_ENDPOINT'),
        issuer: config.get<string>('COGNITO_ISSUER'),
        // A message's own token comes first: it may be newer than the one that the socket was opened with.
        extractors: [payloadToken('token'), bearerToken(), handshakeToken()],
      }),
    }),
  ],
  exports: [MandateModule],
})
export class CognitoModule {}
