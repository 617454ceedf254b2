import 'reflect-metadata';
import { hash } from 'node:crypto';
import { type CanActivate, Controller, Get, Injectable, Module, UseGuards, Inject } from '@nestjs/common';
import { NestFactory, Reflector } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { CognitoAuthGuard, MandateModule, UserPools } from '../../lib/index.js';
const settings = JSON.parse(process.argv[2] ?? '{}');
const S = Symbol('x'); const claims = {};
@Injectable() class Pass implements CanActivate { canActivate() { return true; } }
@Injectable() class HashG implements CanActivate { canActivate(c: any) { const h = c.getArgByIndex(0).headers.authorization as string; return hash('sha256', h.slice(7), 'binary' as never).length > 0; } }
@Injectable() class SetG implements CanActivate { canActivate(c: any) { const r = c.getArgByIndex(0); r.user = claims; r[S] = { claims, token: 'x', pool: 'y' }; return true; } }
@Injectable() class UserG implements CanActivate { canActivate(c: any) { const r = c.getArgByIndex(0); r.user = claims; return true; } }
@Injectable() class NoSet extends CognitoAuthGuard { constructor(@Inject(UserPools) p: UserPools, @Inject(Reflector) r: Reflector) { super(p, r); } protected override admit(): true { return true; } }
const answer = { ok: true };
@Controller() class C {
  @Get('pass') @UseGuards(Pass) a() { return answer; }
  @Get('hash') @UseGuards(HashG) b() { return answer; }
  @Get('set') @UseGuards(SetG) c() { return answer; }
  @Get('user') @UseGuards(UserG) d() { return answer; }
  @Get('noset') @UseGuards(NoSet) e() { return answer; }
  @Get('mandate') @UseGuards(CognitoAuthGuard) f() { return answer; }
}
const { userPoolId, clientId, jwks } = settings;
@Module({ imports: [MandateModule.forRoot({ userPoolId, clientId, jwks })], controllers: [C] }) class AppModule {}
const app = await NestFactory.create(AppModule, settings.platform === 'express' ? new ExpressAdapter() : new FastifyAdapter(), { logger: false });
await app.listen(0, '127.0.0.1'); process.send?.(await app.getUrl());
process.on('message', () => process.send?.(process.cpuUsage())); process.on('disconnect', () => process.exit());
