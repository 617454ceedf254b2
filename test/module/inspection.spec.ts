import { inspect } from 'node:util';

import { ConsoleLogger } from '@nestjs/common';
import { Test } from '@nestjs/testing';

import {
  CognitoAuthGuard,
  CognitoExceptionFilter,
  CognitoJwtStrategy,
  MandateModule,
  type MandateModuleOptions,
  UserPools,
} from '../../lib/index.js';
import { MODULE_OPTIONS, RESOLVED_OPTIONS } from '../../lib/module/injection-tokens.js';
import { poolOptions } from '../e2e/support/door.js';

const CLIENT_SECRET = 'SECRET-of-the-client';
const ACCESS_KEY = 'SECRET-of-the-account';

const options: MandateModuleOptions = {
  ...poolOptions,
  clientSecret: CLIENT_SECRET,
  credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: ACCESS_KEY },
};

/** What a developer sees who prints a value, in any of the usual ways and at any depth. */
function printed(value: unknown): string {
  const lines: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
  try {
    new ConsoleLogger({ json: false }).log(value);
    new ConsoleLogger({ json: true }).log(value);
  } finally {
    write.mockRestore();
  }
  return [inspect(value), inspect(value, { depth: Infinity, showHidden: true }), ...lines].join('\n');
}

describe.each([
  ['forRoot', () => MandateModule.forRoot({ ...options, isGlobal: true })],
  ['forRootAsync', () => MandateModule.forRootAsync({ isGlobal: true, useFactory: () => options })],
  ['forRootAsync with a promise', () => MandateModule.forRootAsync({ useFactory: () => Promise.resolve(options) })],
])('printing what %s creates', (_name, register) => {
  it('shows no secret', async () => {
    const definition = register();
    const module = await Test.createTestingModule({
      imports: [definition],
      providers: [CognitoAuthGuard, CognitoExceptionFilter],
    }).compile();
    const pools = module.get(UserPools);
    const resolved = module.get<object>(RESOLVED_OPTIONS, { strict: false });
    const values = {
      definition,
      resolved,
      guard: module.get(CognitoAuthGuard),
      filter: module.get(CognitoExceptionFilter),
      strategy: module.get(CognitoJwtStrategy, { strict: false }),
      pools,
      pool: pools.get(),
      given: module.get<object>(MODULE_OPTIONS, { strict: false }),
    };
    for (const [name, value] of Object.entries(values)) {
      const text = printed(value);
      expect({ name, hasSecret: text.includes(CLIENT_SECRET) || text.includes(ACCESS_KEY) }).toEqual({
        name,
        hasSecret: false,
      });
    }
    expect(inspect(resolved)).toContain(options.userPoolId);
    await module.close();
  });
});
