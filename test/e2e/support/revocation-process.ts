import 'reflect-metadata';

import type { AddressInfo } from 'node:net';

import { createKeyv } from '@keyv/redis';
import { Body, Controller, Get, HttpCode, Module, Post, UseGuards } from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';

import {
  AccessToken,
  CognitoAuthGuard,
  CognitoExceptionFilter,
  CognitoService,
  CurrentUser,
  MandateModule,
  type MandateModuleOptions,
} from '../../../lib/index.js';

/**
 * An application in a process of its own, whose revocations are in a Redis. It prints the port that it listens on. Its
 * pool is in the variable POOL, as JSON, the address of its Redis in REDIS_URL.
 */
const pool = JSON.parse(process.env['POOL'] ?? '{}') as MandateModuleOptions;
const store = createKeyv(process.env['REDIS_URL']);

@Controller()
class DoorController {
  constructor(private readonly cognito: CognitoService) {}

  @Get('me')
  @UseGuards(CognitoAuthGuard)
  me(@CurrentUser('sub') sub: string): { sub: string } {
    return { sub };
  }

  @Post('logout')
  @HttpCode(200)
  @UseGuards(CognitoAuthGuard)
  async logout(@AccessToken() accessToken: string): Promise<object> {
    await this.cognito.logout(accessToken);
    return {};
  }

  @Post('revoke')
  @HttpCode(200)
  async revoke(@Body() tokens: { refreshToken: string; accessToken: string }): Promise<object> {
    await this.cognito.revokeToken(tokens.refreshToken, tokens);
    return {};
  }
}

@Module({
  imports: [MandateModule.forRoot({ ...pool, revocation: { store, timeout: 300 } })],
  controllers: [DoorController],
  providers: [{ provide: APP_FILTER, useClass: CognitoExceptionFilter }],
})
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: ['error'], forceCloseConnections: true });
await app.listen(0, '127.0.0.1');
const { port } = (app.getHttpServer() as { address(): AddressInfo }).address();
process.once('SIGINT', () => {
  void app.close().then(() => process.exit(0));
});
process.stdout.write(`listening on ${String(port)}\n`);
