import { UseFilters, UseGuards } from '@nestjs/common';
import { type OnGatewayConnection, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';

import { CognitoAuthGuard } from '../../../lib/auth/cognito-auth.guard.js';
import { CognitoExceptionFilter } from '../../../lib/auth/cognito-exception.filter.js';
import { CurrentUser } from '../../../lib/auth/decorators/current-user.decorator.js';
import { Groups } from '../../../lib/auth/decorators/groups.decorator.js';
import { MaxAge } from '../../../lib/auth/decorators/max-age.decorator.js';
import { Public } from '../../../lib/auth/decorators/public.decorator.js';
import { RequireAcr } from '../../../lib/auth/decorators/require-acr.decorator.js';
import { Scopes } from '../../../lib/auth/decorators/scopes.decorator.js';
import { TokenUse } from '../../../lib/auth/decorators/token-use.decorator.js';
import { rememberHandshake } from '../../../lib/auth/request-context.js';
import { RendezvousGuard } from './rendezvous.js';

const answer = (sub?: string) => ({ event: 'answer', data: { user: sub ?? null } });

/** The same gateway for socket.io and for plain WebSockets, which need `handleConnection`. */
@WebSocketGateway()
@UseGuards(CognitoAuthGuard)
@UseFilters(CognitoExceptionFilter)
export class DoorGateway implements OnGatewayConnection {
  handleConnection(client: object, request?: object): void {
    if (request !== undefined) {
      rememberHandshake(client, request);
    }
  }

  @SubscribeMessage('open')
  @UseGuards(RendezvousGuard)
  @Public()
  open(@CurrentUser('sub') sub?: string) {
    return answer(sub);
  }

  @SubscribeMessage('optional')
  @Public({ onInvalidToken: 'reject' })
  optional(@CurrentUser('sub') sub?: string) {
    return answer(sub);
  }

  @SubscribeMessage('me')
  @UseGuards(RendezvousGuard)
  me(@CurrentUser('sub') sub: string) {
    return answer(sub);
  }

  @SubscribeMessage('staff')
  @Groups('staff')
  staff(@CurrentUser('sub') sub: string) {
    return answer(sub);
  }

  @SubscribeMessage('outsiders')
  @Groups.none('staff')
  outsiders(@CurrentUser('sub') sub: string) {
    return answer(sub);
  }

  @SubscribeMessage('write')
  @Scopes('orders/write')
  write(@CurrentUser('sub') sub: string) {
    return answer(sub);
  }

  @SubscribeMessage('identity')
  @TokenUse('id')
  identity(@CurrentUser('sub') sub: string) {
    return answer(sub);
  }

  @SubscribeMessage('recent')
  @MaxAge(300)
  recent(@CurrentUser('sub') sub: string) {
    return answer(sub);
  }

  @SubscribeMessage('strong')
  @RequireAcr('mfa', 'passkey')
  strong(@CurrentUser('sub') sub: string) {
    return answer(sub);
  }
}
