import type { Environment } from '../engine/environment.js';
import { endInterruptedImports } from '../engine/imports/run-import.js';
import type { LocalCognitoOptions } from '../options/local-cognito.options.js';
import { DataDirectory } from '../store/data-directory.js';
import type { Warn } from './contradictions.js';
import { seedPools } from './seed-pools.js';

/** Restores the pools of an earlier start, then adds what is new in the options. @returns what keeps them, if anything. */
export async function openPools(
  environment: Environment,
  options: LocalCognitoOptions,
  warn: Warn,
): Promise<DataDirectory | undefined> {
  const { dataDirectory } = options;
  const data = dataDirectory === undefined ? undefined : await DataDirectory.open(dataDirectory, environment, warn);
  try {
    await loadTriggers(environment, options);
    await environment.units.run(() => {
      endInterruptedImports(environment);
      seedPools(environment, options, warn);
    });
    return data;
  } catch (error) {
    await data?.close();
    throw error;
  }
}

/** Modules are loaded at the start, so that a wrong path is no surprise later. */
async function loadTriggers({ triggers }: Environment, options: LocalCognitoOptions): Promise<void> {
  await triggers.load(options.triggers, 'triggers');
  await triggers.load(options.functions, 'functions');
  for (const [index, pool] of (options.pools ?? []).entries()) {
    await triggers.load(pool.triggers, `pools[${index}].triggers`);
  }
}
