import { Controller, Get, Module, Param, Post } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { APP_GUARD } from '@nestjs/core';
import { CognitoAuthGuard, MandateModule, Scopes } from 'mandate';

/** Another service. It has no users, and accepts tokens of other services alone. */
@Controller('orders')
@Scopes('reports/orders')
class OrderCountController {
  private readonly counts = new Map<string, number>();

  @Get(':sub')
  get(@Param('sub') sub: string) {
    return { orders: this.counts.get(sub) ?? 0 };
  }

  @Post(':sub')
  add(@Param('sub') sub: string) {
    this.counts.set(sub, (this.counts.get(sub) ?? 0) + 1);
    return this.get(sub);
  }
}

@Module({
  imports: [
    ConfigModule.forRoot({ isGlobal: true }),
    MandateModule.forRootAsync({
      inject: [ConfigService],
      useFactory: (config: ConfigService) => ({
        userPoolId: config.getOrThrow<string>('COGNITO_USER_POOL_ID'),
        clientId: config.getOrThrow<string>('COGNITO_MACHINE_CLIENT_ID'),
        endpoint: config.get<string>('COGNITO_ENDPOINT'),
        issuer: config.get<string>('COGNITO_ISSUER'),
      }),
    }),
  ],
  controllers: [OrderCountController],
  providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
})
export class ReportsModule {}
