import { Controller, Get, Inject, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CognitoAuthGuard, CognitoService, CurrentUser, MandateModule } from 'mandate';

@Controller('me')
export class MeController {
  // esbuild writes no types for Nest to read: name what is injected, or compile with tsc or swc first.
  constructor(@Inject(CognitoService) private readonly cognito: CognitoService) {}

  @Get()
  me(@CurrentUser('username') username: string) {
    return { username, canSignIn: this.cognito instanceof CognitoService };
  }
}

@Module({
  imports: [
    MandateModule.forRoot({
      userPoolId: process.env['COGNITO_USER_POOL_ID'] ?? '',
      clientId: process.env['COGNITO_CLIENT_ID'] ?? '',
    }),
  ],
  controllers: [MeController],
  providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
})
export class AppModule {}
