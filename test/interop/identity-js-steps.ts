import type { Pool, operations, userOperations } from './peers/amazon-cognito-identity-js.mjs';
import { type Remote, usePeer } from './peers/peer.js';
import type { LocalService } from '../local/local-service.js';

type UserOperations = typeof userOperations;

/** A user of the library in the library's process, with the library's names for its methods. */
export type LibraryUser = {
  readonly [Name in keyof UserOperations]: UserOperations[Name] extends (
    user: never,
    ...args: infer Args
  ) => infer Result
    ? (...args: Args) => Promise<Awaited<Result>>
    : never;
};

/** What the library does for the tests of one file. */
export interface IdentityJs {
  readonly signUp: Remote<typeof operations>['signUp'];
  readonly user: (pool: Pool, username: string) => LibraryUser;
}

/** Starts amazon-cognito-identity-js for the tests of this file. */
export function useIdentityJs(): IdentityJs {
  const { signUp, user } = usePeer<typeof operations>('amazon-cognito-identity-js.mjs');
  let count = 0;
  return {
    signUp,
    user: (pool, username) => {
      const reference = { id: (count += 1), pool, username };
      return new Proxy({} as LibraryUser, {
        get:
          (_, name) =>
          (...args: unknown[]) =>
            user(reference, name as keyof UserOperations, ...args),
      });
    },
  };
}

/** How the library is told of a pool. */
export function poolOf({ cognito }: LocalService, name: string): Pool {
  const pool = cognito.pool(name);
  return { UserPoolId: pool.id, ClientId: pool.client('public').id, endpoint: cognito.endpoint };
}
