import type { Clock } from '../../time/clock.js';
import type { PoolRegistry } from '../model/pool-registry.js';
import type { Messenger } from './messages/messenger.js';
import type { Random } from './random.js';
import type { ChallengeSessions } from './sign-in/challenge-sessions.js';
import type { SecretBlocks } from './sign-in/secret-blocks.js';
import type { SigningKeys } from './tokens/signing-keys.js';
import type { TriggerRunner } from './trigger-runner.js';

/** What every operation works with. One per server. */
export interface Environment {
  readonly clock: Clock;
  readonly random: Random;
  readonly pools: PoolRegistry;
  readonly keys: SigningKeys;
  readonly sessions: ChallengeSessions;
  readonly secretBlocks: SecretBlocks;
  readonly messenger: Messenger;
  readonly triggers: TriggerRunner;
  /** Where the server listens: `http://host:port`. Issuers begin with it. */
  readonly origin: string;
}

/** A pool's `iss`: where its keys can be fetched from. */
export function issuerOf(environment: Pick<Environment, 'origin'>, poolId: string): string {
  return `${environment.origin}/${poolId}`;
}
