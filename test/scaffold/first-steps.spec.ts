import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { Controller, Get, type INestApplication, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { Test } from '@nestjs/testing';

import { CognitoAuthGuard, CognitoExceptionFilter, CurrentUser, MandateModule } from 'mandate';
import { MandateAuthApiModule } from 'mandate/http';
import { LocalCognito } from 'mandate/testing';

import { nextSteps } from '../../lib/scaffold/describe-plan.js';
import { DEFAULT_POOL } from '../../lib/local/default-pool.js';

@Controller('me')
class MeController {
  @Get()
  me(@CurrentUser('username') username: string) {
    return { username };
  }
}

const API = {
  body: () => MandateAuthApiModule.forRoot({ delivery: 'body' }),
  cookie: () =>
    MandateAuthApiModule.forRoot({
      delivery: 'cookie',
      session: {
        secret: 'only-for-this-test-0123456789abcdef',
        origin: 'http://localhost:3000',
        cookie: { insecureLocalhost: true },
      },
    }),
};

describe.each(['body', 'cookie'] as const)('the commands that are printed for --api %s', (api) => {
  let cognito: LocalCognito;
  let app: INestApplication<Server>;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mandate-steps-'));
    cognito = await LocalCognito.start({ pools: [DEFAULT_POOL] });

    @Module({
      imports: [MandateModule.forRoot({ ...cognito.pool().moduleOptions(), isGlobal: true }), API[api]()],
      controllers: [MeController],
      providers: [
        { provide: APP_GUARD, useClass: CognitoAuthGuard },
        { provide: APP_FILTER, useClass: CognitoExceptionFilter },
      ],
    })
    class AppModule {}
    const fixture = await Test.createTestingModule({ imports: [AppModule] }).compile();
    app = fixture.createNestApplication();
    await app.listen(0, '127.0.0.1');
  });

  afterAll(async () => {
    await app.close();
    await cognito.stop();
    await rm(folder, { recursive: true });
  });

  it('sign a user up and in', async () => {
    const commands = nextSteps({ packageManager: 'npm', api }).filter((line) => line.startsWith('  curl '));
    const [register = '', confirm = '', authenticate = '', me = ''] = commands;
    const { port } = app.getHttpServer().address() as AddressInfo;
    const run = async (command: string) => {
      // The port of the application, not that of the origin.
      const line = command.replace(
        'curl http://localhost:3000',
        `curl --silent --fail-with-body http://localhost:${port}`,
      );
      const { stdout } = await promisify(execFile)('sh', ['-c', line.replace('localhost', '127.0.0.1')], {
        cwd: folder,
      });
      return stdout === '' ? {} : (JSON.parse(stdout) as { tokens?: { accessToken: string } });
    };

    await run(register);
    await run(confirm.replace('<code>', cognito.outbox.latest()?.code ?? ''));
    const { tokens } = await run(authenticate);
    expect(await run(me.replace('<accessToken>', tokens?.accessToken ?? ''))).toEqual({ username: 'bob' });
  });
});

it('there are no commands where there are no routes', () => {
  expect(nextSteps({ packageManager: 'npm', api: 'none' }).join('\n')).not.toContain('curl');
});
