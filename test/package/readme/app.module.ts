import { Controller, Get, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CognitoAuthGuard, CurrentUser, MandateModule } from 'mandate';

@Controller('me')
export class MeController {
  @Get()
  me(@CurrentUser('username') username: string) {
    return { username };
  }
}

@Module({
  imports: [MandateModule.forRoot({ userPoolId: 'eu-west-1_AbCdEfGhI', clientId: '1h57kf5cpq17m0eml12EXAMPLE' })],
  controllers: [MeController],
  providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
})
export class AppModule {}
