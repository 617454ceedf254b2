import { resolve } from 'node:path';

import { isObject } from '../../types/is-object.js';

/** A configuration whose modules are named from its own folder, as a person writes them. */
export function withTriggerPaths(config: Record<string, unknown>, directory: string): Record<string, unknown> {
  const { triggers, functions, pools } = config;
  return {
    ...config,
    ...(isObject(triggers) && { triggers: resolved(triggers, directory) }),
    ...(isObject(functions) && { functions: resolved(functions, directory) }),
    ...(Array.isArray(pools) && {
      pools: pools.map((pool: unknown) => (isObject(pool) ? withTriggerPaths(pool, directory) : pool)),
    }),
  };
}

function resolved(targets: Record<string, unknown>, directory: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(targets).map(([name, target]) => [name, absolute(target, directory)]));
}

/** ARNs and URLs stay as they are, and so does what the embedded Cognito will refuse. */
function absolute(target: unknown, directory: string): unknown {
  const isPath = typeof target === 'string' && target !== '' && !/^(?:arn|file):/.test(target);
  return isPath ? resolve(directory, target) : target;
}
