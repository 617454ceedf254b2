import type { INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';

import {
  CognitoAdminService,
  CognitoClient,
  CognitoService,
  MandateModule,
  type MandateModuleOptions,
} from '../../lib/index.js';

/** One instance of an application that uses the module. */
export interface Application {
  readonly cognito: CognitoService;
  readonly admin: CognitoAdminService;
  readonly client: CognitoClient;
  close(): Promise<void>;
}

/** Starts an instance. Instances share nothing but their options. */
export async function startApplication(options: MandateModuleOptions, clock?: () => number): Promise<Application> {
  const module = await Test.createTestingModule({ imports: [MandateModule.forRoot({ ...options, clock })] }).compile();
  const context: INestApplicationContext = await module.init();
  return {
    cognito: context.get(CognitoService),
    admin: context.get(CognitoAdminService),
    client: context.get(CognitoClient),
    close: () => context.close(),
  };
}
