import { Controller, UseFilters, UseGuards } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import { CognitoAuthGuard, CognitoExceptionFilter, CurrentUser, Groups, Public, type AccessTokenClaims } from 'mandate';

import { Notes } from '../notes/notes.js';

/**
 * A TCP message has no headers, so they are in the payload: `{ headers: { authorization: 'Bearer ...' }, ... }`. The
 * guard reads the headers of gRPC, NATS, Kafka and RabbitMQ messages. Errors reject the Observable of the caller.
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
