import { Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { MandateModule } from 'mandate';
import { PasswordlessRegisterDto } from 'mandate/dto';
import { MandateAuthApiModule } from 'mandate/http';

@Module({
  imports: [
    ConfigModule.forRoot({ isGlobal: true }),
    MandateModule.forRootAsync({
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
    // #region api
    MandateAuthApiModule.forRootAsync({
      delivery: 'cookie',
      features: ['register', 'signIn', 'profile', 'passkeys'],
      flows: ['USER_AUTH'],
      dto: { register: PasswordlessRegisterDto },
      inject: [ConfigService],
      useFactory: (config: ConfigService) => ({
        // The confirmation of a sign-up needs no second code.
        autoSignIn: true,
        showDelivery: true,
        session: {
          secret: config.getOrThrow<string>('SESSION_SECRET'),
          origin: config.getOrThrow<string>('ORIGIN'),
          // http://localhost has no TLS. Refused for any other address.
          cookie: config.getOrThrow<string>('ORIGIN').startsWith('http:') ? { insecureLocalhost: true } : {},
        },
      }),
    }),
    // #endregion
  ],
})
export class AppModule {}
