import type { IncomingMessage } from 'node:http';

import { UseFilters, UseGuards } from '@nestjs/common';
import { MessageBody, type OnGatewayConnection, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import {
  CognitoAuthGuard,
  CognitoExceptionFilter,
  CurrentUser,
  Groups,
  Public,
  rememberHandshake,
  type AccessTokenClaims,
} from 'mandate';
import type { WebSocket } from 'ws';

import { Notes } from '../notes/notes.js';

/**
 * The token is in the `Authorization` header of the handshake, or in each message, because a browser cannot set that
 * header: `{ "event": "notes.add", "data": { "token": "...", "text": "..." } }`. A result has the event name of its
 * request. An error has the event name `exception`.
 */
@WebSocketGateway()
@UseGuards(CognitoAuthGuard)
@UseFilters(CognitoExceptionFilter)
export class PlainWsGateway implements OnGatewayConnection<WebSocket> {
  constructor(private readonly notes: Notes) {}

  // #region handshake
  /** A plain WebSocket does not expose its upgrade request, whose headers the guard needs. */
  handleConnection(client: WebSocket, request: IncomingMessage): void {
    rememberHandshake(client, request);
  }
  // #endregion

  @Public()
  @SubscribeMessage('notes.count')
  count() {
    return { event: 'notes.count', data: { count: this.notes.count } };
  }

  @SubscribeMessage('notes.list')
  list(@CurrentUser() user: AccessTokenClaims) {
    return { event: 'notes.list', data: this.notes.of(user) };
  }

  @SubscribeMessage('notes.add')
  add(@CurrentUser() user: AccessTokenClaims, @MessageBody('text') text: string) {
    return { event: 'notes.add', data: this.notes.add(user, text) };
  }

  @Groups('moderators')
  @SubscribeMessage('notes.clear')
  clear() {
    this.notes.clear();
    return { event: 'notes.clear', data: { count: this.notes.count } };
  }
}
