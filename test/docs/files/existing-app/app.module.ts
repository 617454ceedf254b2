import { Controller, Get, Injectable, Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { APP_GUARD } from '@nestjs/core';
import { CognitoAuthGuard, CognitoService, CurrentUser, Groups, MandateModule } from 'mandate';

@Injectable()
export class Profiles {
  constructor(private readonly cognito: CognitoService) {}

  async emailOf(accessToken: string): Promise<string | undefined> {
    const { attributes } = await this.cognito.getUser(accessToken);
    return attributes.email;
  }
}

@Controller('orders')
export class OrdersController {
  @Get()
  list(@CurrentUser('username') username: string) {
    return { of: username };
  }

  @Groups('admins')
  @Get('all')
  all() {
    return { of: 'everybody' };
  }
}

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
  controllers: [OrdersController],
  providers: [Profiles, { provide: APP_GUARD, useClass: CognitoAuthGuard }],
})
export class AppModule {}
