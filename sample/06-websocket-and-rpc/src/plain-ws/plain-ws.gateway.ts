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
 * The token is in the `Authorization` header of the handshake, or, as a browser cannot set that one, in each message:
 * `{ "event": "notes.add", "data": { "token": "...", "text": "..." } }`. Answers are messages named like the question,
 * refusals are named `exception`.
 */
@WebSocketGateway()
@UseGuards(CognitoAuthGuard)
@UseFilters(CognitoExceptionFilter)
export class PlainWsGateway implements OnGatewayConnection<WebSocket> {
  constructor(private readonly notes: Notes) {}

  /** A plain WebSocket does not show the request that opened it; the guard wants its headers. */
  handleConnection(client: WebSocket, request: IncomingMessage): void {
    rememberHandshake(client, request);
  }

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
