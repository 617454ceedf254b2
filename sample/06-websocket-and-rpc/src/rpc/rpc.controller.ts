import { Controller, UseFilters, UseGuards } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import { CognitoAuthGuard, CognitoExceptionFilter, CurrentUser, Groups, Public, type AccessTokenClaims } from 'mandate';

import { Notes } from '../notes/notes.js';

/**
 * A TCP message has no metadata, so its payload brings them: `{ headers: { authorization: 'Bearer ...' }, ... }`. gRPC,
 * NATS, Kafka and RabbitMQ have headers of their own, which the guard reads. Refusals reject the caller's Observable.
 */
@Controller()
@UseGuards(CognitoAuthGuard)
@UseFilters(CognitoExceptionFilter)
export class RpcController {
  constructor(private readonly notes: Notes) {}

  @Public()
  @MessagePattern('notes.count')
  count() {
    return { count: this.notes.count };
  }

  @MessagePattern('notes.list')
  list(@CurrentUser() user: AccessTokenClaims) {
    return this.notes.of(user);
  }

  @MessagePattern('notes.add')
  add(@CurrentUser() user: AccessTokenClaims, @Payload('text') text: string) {
    return this.notes.add(user, text);
  }

  @Groups('moderators')
  @MessagePattern('notes.clear')
  clear() {
    this.notes.clear();
    return { count: this.notes.count };
  }
}
