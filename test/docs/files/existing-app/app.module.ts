import { Controller, Get, Injectable, Module } from '@nestjs/common';
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
  imports: [MandateModule.forRoot({ userPoolId: 'eu-west-1_AbCdEfGhI', clientId: '1h57kf5cpq17m0eml12EXAMPLE' })],
  controllers: [OrdersController],
  providers: [Profiles, { provide: APP_GUARD, useClass: CognitoAuthGuard }],
})
export class AppModule {}
