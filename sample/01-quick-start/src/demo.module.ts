import { Controller, type DynamicModule, Inject, type MessageEvent, Module, Sse } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from 'mandate';
import type { LocalMessage } from 'mandate/testing';
import { map, type Observable } from 'rxjs';

import { AppModule } from './app.module.js';

const MESSAGES = 'messages';

/** Shows to everybody what the embedded Cognito would have sent. */
@ApiExcludeController()
@Controller('demo')
export class MailboxController {
  constructor(@Inject(MESSAGES) private readonly messages: Observable<LocalMessage>) {}

  @Public()
  @Sse('mailbox')
  mailbox(): Observable<MessageEvent> {
    return this.messages.pipe(
      map(({ to, medium, text, code, sentAt }) => ({ data: { to, medium, text, code, sentAt } })),
    );
  }
}

/** The application with a mailbox, for a demonstration without real addresses. A real pool never has it. */
@Module({})
export class DemoModule {
  /** @param messages - those so far, and all that follow. */
  static with(messages: Observable<LocalMessage>): DynamicModule {
    return {
      module: DemoModule,
      imports: [AppModule],
      controllers: [MailboxController],
      providers: [{ provide: MESSAGES, useValue: messages }],
    };
  }
}
