import { UseFilters, UseGuards } from '@nestjs/common';
import { MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { CognitoAuthGuard, CognitoExceptionFilter, CurrentUser, Groups, Public, type AccessTokenClaims } from 'mandate';

import { Notes } from '../notes/notes.js';

/**
 * The token is in the handshake: `io(url, { auth: { token } })`. It is verified with every message, and the socket is
 * disconnected when it expires. Results go to the acknowledgement, errors also to an `exception` event.
 */
@WebSocketGateway()
@UseGuards(CognitoAuthGuard)
@UseFilters(CognitoExceptionFilter)
export class SocketIoGateway {
  constructor(private readonly notes: Notes) {}

  @Public()
  @SubscribeMessage('notes.count')
  count() {
    return { count: this.notes.count };
  }

  @SubscribeMessage('notes.list')
  list(@CurrentUser() user: AccessTokenClaims) {
    return this.notes.of(user);
  }

  @SubscribeMessage('notes.add')
  add(@CurrentUser() user: AccessTokenClaims, @MessageBody('text') text: string) {
    return this.notes.add(user, text);
  }

  @Groups('moderators')
  @SubscribeMessage('notes.clear')
  clear() {
    this.notes.clear();
    return { count: this.notes.count };
  }
}
