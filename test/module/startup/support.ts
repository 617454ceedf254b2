import type { INestApplication, ModuleMetadata, Provider } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Test, type TestingModuleBuilder } from '@nestjs/testing';

import { CognitoAuthGuard } from '../../../lib/auth/cognito-auth.guard.js';
import { MandateModule } from '../../../lib/module/mandate.module.js';
import { poolOptions } from '../../e2e/support/door.js';

export const registration = MandateModule.forRoot(poolOptions);
export const globalGuard: Provider = { provide: APP_GUARD, useClass: CognitoAuthGuard };

/** How an application is started. */
interface Start extends ModuleMetadata {
  readonly override?: (builder: TestingModuleBuilder) => TestingModuleBuilder;
  readonly prepare?: (app: INestApplication) => void;
}

/**
 * Starts an application as users do, up to the point where it would listen, and stops it again.
 *
 * @throws what stopped it.
 */
export async function start({ override = (builder) => builder, prepare, ...metadata }: Start): Promise<void> {
  const module = await override(
    Test.createTestingModule({ ...metadata, imports: metadata.imports ?? [registration] }),
  ).compile();
  const app = module.createNestApplication({ logger: false });
  try {
    prepare?.(app);
    await app.init();
  } finally {
    await app.close();
  }
}

/** The message with which an application refuses to start. */
export async function refusal(settings: Start): Promise<string> {
  const error: unknown = await start(settings).then(
    () => new Error('The application has started.'),
    (thrown: unknown) => thrown,
  );
  return `${(error as Error).name}: ${(error as Error).message}`;
}
