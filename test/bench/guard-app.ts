import 'reflect-metadata';

import { Body, type CanActivate, Controller, Get, Injectable, Module, Post, Res, UseGuards } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AuthGuard, PassportStrategy } from '@nestjs/passport';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import jwksRsa from 'jwks-rsa';
import { ExtractJwt, Strategy } from 'passport-jwt';

import {
  browserSession,
  BrowserSessionService,
  InjectBrowserSessions,
  MandateSessionModule,
} from '../../lib/http/index.js';
import { bearerToken, CognitoAuthGuard, MandateModule, Pool, type TokenSet } from '../../lib/index.js';
import type { JsonWebKeySet } from '../../lib/verifier.js';

/** What the bench says when it starts this program. */
export interface GuardAppSettings {
  readonly platform: 'express' | 'fastify';
  readonly userPoolId: string;
  readonly clientId: string;
  readonly issuer: string;
  readonly jwks: JsonWebKeySet;
  readonly jwksUri: string;
}

const settings = JSON.parse(process.argv[2] ?? '{}') as GuardAppSettings;

/** What Nest's own machinery around a guard costs. */
@Injectable()
class PassThroughGuard implements CanActivate {
  canActivate(): boolean {
    return true;
  }
}

/** The usual recipe: passport-jwt asks jwks-rsa, which caches the key as PEM. */
@Injectable()
class RecipeStrategy extends PassportStrategy(Strategy, 'recipe') {
  constructor() {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKeyProvider: jwksRsa.passportJwtSecret({ jwksUri: settings.jwksUri, cache: true, rateLimit: true }),
      issuer: settings.issuer,
      algorithms: ['RS256'],
    });
  }

  validate(payload: object): object {
    return payload;
  }
}

const answer = { ok: true };

@Controller()
class RoutesController {
  constructor(@InjectBrowserSessions('web') private readonly sessions: BrowserSessionService) {}

  /** Starts a session, so that the bench has cookies to send. */
  @Post('sessions')
  async start(@Body() tokens: TokenSet, @Res({ passthrough: true }) response: object) {
    await this.sessions.create(response, tokens);
    return answer;
  }

  @Get('open')
  open() {
    return answer;
  }

  @Get('pass-through')
  @UseGuards(PassThroughGuard)
  passThrough() {
    return answer;
  }

  @Get('mandate')
  @UseGuards(CognitoAuthGuard)
  mandate() {
    return answer;
  }

  @Get('session')
  @Pool('web')
  @UseGuards(CognitoAuthGuard)
  session() {
    return answer;
  }

  @Get('recipe')
  @UseGuards(AuthGuard('recipe'))
  recipe() {
    return answer;
  }
}

const { userPoolId, clientId, jwks } = settings;

@Module({
  imports: [
    MandateModule.forRoot({ userPoolId, clientId, jwks }),
    MandateModule.forRoot({ userPoolId, clientId, jwks, name: 'web', extractors: [bearerToken(), browserSession()] }),
    MandateSessionModule.forRoot({
      name: 'web',
      session: { secret: 'a secret of this bench, with 32 characters', origin: 'https://app.example.com' },
    }),
  ],
  controllers: [RoutesController],
  providers: [RecipeStrategy],
})
class AppModule {}

const adapter = settings.platform === 'express' ? new ExpressAdapter() : new FastifyAdapter();
const app = await NestFactory.create(AppModule, adapter, { logger: false });
await app.listen(0, '127.0.0.1');
process.send?.(await app.getUrl());
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.((user + system) / 1e6);
});
// The bench is gone: so is the reason to live.
process.on('disconnect', () => {
  process.exit();
});
