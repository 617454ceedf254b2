import { type Clock, systemClock } from '../../time/clock.js';
import { PoolRegistry } from '../model/pool-registry.js';
import { BackgroundWork } from './background-work.js';
import type { Environment } from './environment.js';
import { ProvisionedLimits } from './limits/provisioned-limits.js';
import type { WriteLog } from './log-line.js';
import { type Deliver, Messenger } from './messages/messenger.js';
import { AuthorizationCodes } from './oauth/authorization-codes.js';
import { BrowserSessions } from './oauth/browser-sessions.js';
import { PendingSteps } from './oauth/pending-steps.js';
import { Random, type RandomSource } from './random.js';
import { ChallengeSessions } from './sign-in/challenge-sessions.js';
import { SecretBlocks } from './sign-in/secret-blocks.js';
import { SigningKeys } from './tokens/signing-keys.js';
import { TriggerRunner } from './trigger-runner.js';

/** How long a sign-in on the pages may take. */
const SIGN_IN_MS = 5 * 60_000;
/** The lifetime of a sign-up's code. */
const DAY_MS = 86_400_000;

/** Options of `createEnvironment`. */
export interface EnvironmentOptions {
  /** `http://host:port` of the server. */
  readonly origin: string;
  /** Called with every message that is sent. */
  readonly deliver: Deliver;
  /** Called with every line that Cognito would write to CloudWatch Logs. Default: nowhere. */
  readonly log?: WriteLog | undefined;
  /** Default: the system clock. */
  readonly clock?: Clock | undefined;
  /** Default: the random bytes of `node:crypto`. */
  readonly random?: RandomSource | undefined;
}

/** Creates the services of one embedded Cognito. */
export function createEnvironment(options: EnvironmentOptions): Environment {
  const clock = options.clock ?? systemClock;
  const random = new Random(options.random);
  const triggers = new TriggerRunner();
  return {
    clock,
    random,
    pools: new PoolRegistry(),
    keys: new SigningKeys(),
    sessions: new ChallengeSessions(clock, random),
    secretBlocks: new SecretBlocks(clock, random),
    messenger: new Messenger(clock, options.deliver, triggers),
    triggers,
    limits: new ProvisionedLimits(),
    background: new BackgroundWork(),
    log: options.log ?? (() => undefined),
    browserSessions: new BrowserSessions(clock, random),
    pendingSignIns: new PendingSteps(clock, random, SIGN_IN_MS),
    pendingAccounts: new PendingSteps(clock, random, DAY_MS),
    authorizationCodes: new AuthorizationCodes(clock, random),
    origin: options.origin,
  };
}
