import { Controller, Get, type INestApplication, type ModuleMetadata, UseGuards } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';

import { CognitoAuthGuard } from '../../../lib/auth/cognito-auth.guard.js';
import { CurrentUser } from '../../../lib/auth/decorators/current-user.decorator.js';
import { Groups } from '../../../lib/auth/decorators/groups.decorator.js';
import { MaxAge } from '../../../lib/auth/decorators/max-age.decorator.js';
import { Public } from '../../../lib/auth/decorators/public.decorator.js';
import { RequireAcr } from '../../../lib/auth/decorators/require-acr.decorator.js';
import { Scopes } from '../../../lib/auth/decorators/scopes.decorator.js';
import { TokenUse } from '../../../lib/auth/decorators/token-use.decorator.js';
import { Marked } from './door.js';
import { RendezvousGuard } from './rendezvous.js';

export const PLATFORMS = ['express', 'fastify'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** Starts a Nest application that listens on a free port of this machine. */
export async function startApp(
  platform: Platform,
  metadata: ModuleMetadata,
  prepare: (app: INestApplication) => void | Promise<void> = () => undefined,
): Promise<INestApplication> {
  const adapter = platform === 'express' ? new ExpressAdapter() : new FastifyAdapter();
  const module = await Test.createTestingModule(metadata).compile();
  const app = module.createNestApplication(adapter, { logger: false });
  await prepare(app);
  await app.listen(0, '127.0.0.1');
  return app;
}

export type { NestFastifyApplication };

interface Answer {
  user: string | null;
}

const answer = (sub?: string): Answer => ({ user: sub ?? null });

@Controller()
@UseGuards(CognitoAuthGuard)
export class DoorController {
  @Get('open')
  @UseGuards(RendezvousGuard)
  @Public()
  open(@CurrentUser('sub') sub?: string): Answer {
    return answer(sub);
  }

  @Get('optional')
  @Public({ onInvalidToken: 'reject' })
  optional(@CurrentUser('sub') sub?: string): Answer {
    return answer(sub);
  }

  @Get('me')
  @UseGuards(RendezvousGuard)
  @Marked
  me(@CurrentUser('sub') sub: string): Answer {
    return answer(sub);
  }

  @Get('staff')
  @Groups('admin', 'staff')
  @Groups.none('admin')
  staff(@CurrentUser('sub') sub: string): Answer {
    return answer(sub);
  }

  @Get('outsiders')
  @Groups.none('staff')
  outsiders(@CurrentUser('sub') sub: string): Answer {
    return answer(sub);
  }

  @Get('write')
  @Scopes('orders/write')
  write(@CurrentUser('sub') sub: string): Answer {
    return answer(sub);
  }

  @Get('identity')
  @TokenUse('id')
  identity(@CurrentUser('sub') sub: string): Answer {
    return answer(sub);
  }

  @Get('recent')
  @MaxAge(300)
  recent(@CurrentUser('sub') sub: string): Answer {
    return answer(sub);
  }

  @Get('strong')
  @RequireAcr('mfa', 'passkey')
  strong(@CurrentUser('sub') sub: string): Answer {
    return answer(sub);
  }
}
