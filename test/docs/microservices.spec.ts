import { Controller, Get, Module, UseFilters, UseGuards } from '@nestjs/common';
import { APP_GUARD, NestFactory } from '@nestjs/core';
import {
  ClientProxyFactory,
  MessagePattern,
  type MicroserviceOptions,
  Payload,
  Transport,
} from '@nestjs/microservices';
import { CognitoAuthGuard, CognitoExceptionFilter, CurrentUser, Groups, MandateModule } from 'mandate';
import { TestTokenIssuer } from 'mandate/testing';
import { firstValueFrom } from 'rxjs';

import { freePort } from '../e2e/support/free-port.js';
import { signingKeysPem } from '../local/signing-keys.js';
import { answerOf } from './support/start-app.js';

// #region controller
@Controller('orders')
@UseGuards(CognitoAuthGuard)
@UseFilters(CognitoExceptionFilter)
export class OrdersController {
  @Get() // over HTTP
  list(@CurrentUser('username') username: string) {
    return { of: username };
  }

  @Groups('staff')
  @MessagePattern('orders.cancel') // over the microservice
  cancel(@CurrentUser('username') username: string, @Payload('id') id: number) {
    return { cancelled: id, by: username };
  }
}
// #endregion

describe('microservices', () => {
  it('of a hybrid application are guarded like its routes', async () => {
    const issuer = await TestTokenIssuer.create({ keys: signingKeysPem() });
    @Module({
      imports: [MandateModule.forRoot(issuer.moduleOptions())],
      controllers: [OrdersController],
      providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
    })
    class AppModule {}
    const [host, port] = ['127.0.0.1', await freePort()];
    const accessToken = issuer.signToken({ username: 'ann', groups: ['staff'] });

    // #region hybrid
    const app = await NestFactory.create(AppModule, { logger: ['error'] });
    app.connectMicroservice<MicroserviceOptions>(
      { transport: Transport.TCP, options: { host, port } },
      { inheritAppConfig: true }, // without it, global guards and filters do not reach its messages
    );
    await app.startAllMicroservices();
    await app.listen(0, host);
    // #endregion

    // #region client
    const client = ClientProxyFactory.create({ transport: Transport.TCP, options: { host, port } });
    const headers = { authorization: `Bearer ${accessToken}` };
    const answer: unknown = await firstValueFrom(client.send('orders.cancel', { id: 7, headers }));
    // #endregion
    expect(answer).toEqual({ cancelled: 7, by: 'ann' });
    expect(await answerOf(app, '/orders', accessToken)).toEqual([200, { of: 'ann' }]);

    await expect(firstValueFrom(client.send('orders.cancel', { id: 7 }))).rejects.toMatchObject({
      status: 'error',
      statusCode: 401,
      code: 'TOKEN_MISSING',
    });
    const guest = { authorization: `Bearer ${issuer.signToken()}` };
    await expect(firstValueFrom(client.send('orders.cancel', { id: 7, headers: guest }))).rejects.toMatchObject({
      code: 'GROUPS_INSUFFICIENT',
    });
    await client.close();
    await app.close();
  });
});
