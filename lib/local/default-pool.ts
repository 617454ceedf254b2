import type { LocalPoolOptions } from './options/local-cognito.options.js';

/** The port that `mandate local` listens on, unless it is told another. */
export const DEFAULT_PORT = 9229;

/** The pool of `mandate local` without `--config`. Its ids are fixed, so that applications can be configured once. */
export const DEFAULT_POOL = {
  name: 'default',
  id: 'us-east-1_Local0001',
  // As the console of AWS creates app clients: nobody learns which users exist.
  clients: [
    { name: 'public', id: 'localpublicclient', PreventUserExistenceErrors: 'ENABLED' },
    {
      name: 'secret',
      id: 'localsecretclient',
      secret: 'localsecretclientsecret0',
      PreventUserExistenceErrors: 'ENABLED',
    },
  ],
} as const;

/** That pool in a Region. */
export function defaultPool(region?: string): LocalPoolOptions {
  return region === undefined
    ? DEFAULT_POOL
    : { ...DEFAULT_POOL, id: `${region}_${DEFAULT_POOL.id.split('_')[1] ?? ''}` };
}
