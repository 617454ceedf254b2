import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiExcludeController, DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

import { Public } from '../../../lib/auth/decorators/public.decorator.js';
import { authSecuritySchemes } from '../../../lib/http/index.js';
import { totpCode, totpStep } from '../../../lib/protocol/totp.js';
import { ApiApp } from './support/api-app.js';

const run = promisify(execFile);
const workspace = join(__dirname, '..', '..', 'generated-client');
const tool = (name: string) => join(workspace, 'node_modules', name);
const generated = join(workspace, 'dist', 'generated');

/** What the client's user sees outside of the browser. */
class Surroundings {
  now = Date.now();
  code: (to: string) => string = () => '';

  /** Each code can be used once. */
  nextCode(secret: string): string {
    this.now += 30_000;
    return totpCode(secret, totpStep(this.now));
  }
}

@ApiExcludeController()
@Public()
@Controller('test')
class SurroundingsController {
  constructor(@Inject(Surroundings) private readonly surroundings: Surroundings) {}

  @Get('mail')
  mail(@Query('to') to: string): string {
    return this.surroundings.code(to);
  }

  @Get('authenticator')
  authenticator(@Query('secret') secret: string): string {
    return this.surroundings.nextCode(secret);
  }
}

const DELIVERIES = [
  { delivery: 'body', platform: 'express' },
  { delivery: 'cookie', platform: 'fastify' },
] as const;
const apps: ApiApp[] = [];

beforeAll(async () => {
  await rm(join(workspace, 'dist'), { recursive: true, force: true });
  await mkdir(generated, { recursive: true });
  for (const { delivery, platform } of DELIVERIES) {
    const surroundings = new Surroundings();
    const api = await ApiApp.start({
      delivery,
      platform,
      clock: () => surroundings.now,
      pool: { mfa: { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } } },
      metadata: {
        controllers: [SurroundingsController],
        providers: [{ provide: Surroundings, useValue: surroundings }],
      },
    });
    apps.push(api);
    surroundings.code = (to) => api.code(to);
    await api.app.listen(0, '127.0.0.1');
    await writeFile(join(generated, `${delivery}-api.json`), JSON.stringify(documentOf(api)));
  }
});

afterAll(async () => {
  await Promise.all(apps.map((api) => api.stop()));
});

function documentOf({ app }: ApiApp): object {
  const config = new DocumentBuilder().setTitle('An auth API').setVersion('1').build();
  return SwaggerModule.createDocument(app, {
    ...config,
    components: { securitySchemes: authSecuritySchemes(app) },
  });
}

/** Runs a program of Node; what it printed is the message of its failure. */
async function node(...args: readonly string[]): Promise<string> {
  try {
    return (await run(process.execPath, args, { cwd: workspace })).stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`node ${args.join(' ')}\n${stdout}${stderr}`, { cause: error });
  }
}

it('is generated from the documents, compiles, and runs the whole round', async () => {
  // It refuses documents that are not valid.
  await Promise.all(
    DELIVERIES.map(async ({ delivery }) => {
      const file = join(generated, `${delivery}-api`);
      await node(
        tool('openapi-typescript/bin/cli.js'),
        `${file}.json`,
        '-o',
        `${file}.ts`,
        '--default-non-nullable=false',
      );
    }),
  );
  await node(tool('typescript/bin/tsc'), '-p', workspace);
  const printed = await Promise.all(
    DELIVERIES.map(async ({ delivery }, index) =>
      node(join(workspace, 'dist', 'program', 'src', `by-${delivery}.js`), (await apps[index]?.app.getUrl()) ?? ''),
    ),
  );
  expect(printed).toEqual(['The round is complete.\n', 'The round is complete.\n']);
});
