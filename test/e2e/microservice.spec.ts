import { Controller, UseFilters, UseGuards } from '@nestjs/common';
import {
  type ClientProxy,
  ClientProxyFactory,
  MessagePattern,
  type MicroserviceOptions,
  Transport,
} from '@nestjs/microservices';
import { Test } from '@nestjs/testing';
import { firstValueFrom } from 'rxjs';

import { CognitoAuthGuard } from '../../lib/auth/cognito-auth.guard.js';
import { CognitoExceptionFilter } from '../../lib/auth/cognito-exception.filter.js';
import { CurrentUser } from '../../lib/auth/decorators/current-user.decorator.js';
import { Groups } from '../../lib/auth/decorators/groups.decorator.js';
import { MaxAge } from '../../lib/auth/decorators/max-age.decorator.js';
import { Public } from '../../lib/auth/decorators/public.decorator.js';
import { RequireAcr } from '../../lib/auth/decorators/require-acr.decorator.js';
import { Scopes } from '../../lib/auth/decorators/scopes.decorator.js';
import { TokenUse } from '../../lib/auth/decorators/token-use.decorator.js';
import { MandateModule } from '../../lib/module/mandate.module.js';
import { describeDoor, type Door, type Outcome, poolOptions } from './support/door.js';
import { freePort } from './support/free-port.js';
import { RendezvousGuard } from './support/rendezvous.js';

const answer = (sub?: string): Outcome => ({ user: sub ?? null });

@Controller()
@UseGuards(CognitoAuthGuard)
@UseFilters(CognitoExceptionFilter)
class DoorHandlers {
  @MessagePattern('open')
  @UseGuards(RendezvousGuard)
  @Public()
  open(@CurrentUser('sub') sub?: string) {
    return answer(sub);
  }

  @MessagePattern('optional')
  @Public({ onInvalidToken: 'reject' })
  optional(@CurrentUser('sub') sub?: string) {
    return answer(sub);
  }

  @MessagePattern('me')
  @UseGuards(RendezvousGuard)
  me(@CurrentUser('sub') sub: string) {
    return answer(sub);
  }

  @MessagePattern('staff')
  @Groups('staff')
  staff(@CurrentUser('sub') sub: string) {
    return answer(sub);
  }

  @MessagePattern('outsiders')
  @Groups.none('staff')
  outsiders(@CurrentUser('sub') sub: string) {
    return answer(sub);
  }

  @MessagePattern('write')
  @Scopes('orders/write')
  write(@CurrentUser('sub') sub: string) {
    return answer(sub);
  }

  @MessagePattern('identity')
  @TokenUse('id')
  identity(@CurrentUser('sub') sub: string) {
    return answer(sub);
  }

  @MessagePattern('recent')
  @MaxAge(300)
  recent(@CurrentUser('sub') sub: string) {
    return answer(sub);
  }

  @MessagePattern('strong')
  @RequireAcr('mfa', 'passkey')
  strong(@CurrentUser('sub') sub: string) {
    return answer(sub);
  }
}

async function openDoor(): Promise<Door> {
  const port = await freePort();
  const module = await Test.createTestingModule({
    imports: [MandateModule.forRoot(poolOptions)],
    controllers: [DoorHandlers],
  }).compile();
  const app = module.createNestMicroservice<MicroserviceOptions>({
    transport: Transport.TCP,
    options: { host: '127.0.0.1', port },
    logger: false,
  });
  await app.listen();
  const client: ClientProxy = ClientProxyFactory.create({
    transport: Transport.TCP,
    options: { host: '127.0.0.1', port },
  });
  return {
    async call(operation, token): Promise<Outcome> {
      // TCP knows no headers: the payload's member `headers` stands for them.
      const payload = token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } };
      try {
        return await firstValueFrom(client.send<Outcome>(operation, payload));
      } catch (error) {
        return { code: (error as { code: string }).code };
      }
    },
    async close() {
      await client.close();
      await app.close();
    },
  };
}

describeDoor('the guard over TCP', openDoor);
