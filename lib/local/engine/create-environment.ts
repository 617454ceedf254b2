import { type Clock, systemClock } from '../../time/clock.js';
import { PoolRegistry } from '../model/pool-registry.js';
import type { CustomSenderKey } from '../model/custom-sender-key.js';
import { type LocalQuotas, RequestQuotas } from '../steering/request-quotas.js';
import { BackgroundWork } from './background-work.js';
import type { Environment, ShortLived } from './environment.js';
import { ProvisionedLimits } from './limits/provisioned-limits.js';
import type { WriteLog } from './log-line.js';
import { codeCipher } from './messages/code-encryption.js';
import { UnitsOfWork } from '../model/unit-of-work.js';
import { type Deliver, Messenger } from './messages/messenger.js';
import { AuthorizationCodes } from './oauth/authorization-codes.js';
import { BrowserSessions } from './oauth/browser-sessions.js';
import { PendingSteps } from './oauth/pending-steps.js';
import { Random, type RandomSource } from './random.js';
import { ChallengeSessions } from './sign-in/challenge-sessions.js';
import { SecretBlocks } from './sign-in/secret-blocks.js';
import { SigningKeys } from './tokens/signing-keys.js';
import { TriggerRunner } from './trigger-runner.js';
import { type FunctionSources, TriggerFunctions } from './triggers/trigger-functions.js';

/** How long a sign-in on the pages may take. */
const SIGN_IN_MS = 5 * 60_000;
/** The lifetime of a sign-up's code. */
const DAY_MS = 86_400_000;
/** The Region of pools that are created without one. */
const DEFAULT_REGION = 'us-east-1';

/** Options of `createEnvironment`. */
export interface EnvironmentOptions extends FunctionSources {
  /** `http://host:port` of the server. */
  readonly origin: string;
  /** A URL, the issuer of a pool without its id; or `aws` for the issuers of AWS. */
  readonly issuer: string;
  /** Default: `us-east-1`. */
  readonly region?: string | undefined;
  /** Called with every message that is sent. */
  readonly deliver: Deliver;
  /** Called with every line that Cognito would write to CloudWatch Logs. Default: nowhere. */
  readonly onLog?: WriteLog | undefined;
  /** Default: the system clock. */
  readonly clock?: Clock | undefined;
  /** Default: the random bytes of `node:crypto`. */
  readonly random?: RandomSource | undefined;
  /** Default: none. */
  readonly quotas?: LocalQuotas | undefined;
  /** Default: custom senders receive plain codes. */
  readonly customSenderKey?: CustomSenderKey | undefined;
}

/** Creates the services of one embedded Cognito. */
export function createEnvironment(options: EnvironmentOptions): Environment {
  const clock = options.clock ?? systemClock;
  const random = new Random(options.random);
  const triggers = new TriggerRunner(new TriggerFunctions(options, clock));
  return {
    clock,
    random,
    units: new UnitsOfWork(),
    pools: new PoolRegistry(),
    keys: new SigningKeys(),
    quotas: new RequestQuotas(clock, options.quotas),
    limits: new ProvisionedLimits(),
    background: new BackgroundWork(),
    log: options.onLog ?? (() => undefined),
    ...createShortLived(clock, random),
    messenger: new Messenger(clock, options.deliver, triggers, codeCipher(options.customSenderKey)),
    triggers,
    origin: options.origin,
    issuer: options.issuer,
    region: options.region ?? DEFAULT_REGION,
  };
}

/** Creates what a server remembers for minutes only. */
export function createShortLived(clock: Clock, random: Random): ShortLived {
  return {
    sessions: new ChallengeSessions(clock, random),
    secretBlocks: new SecretBlocks(clock, random),
    browserSessions: new BrowserSessions(clock, random),
    pendingSignIns: new PendingSteps(clock, random, SIGN_IN_MS, ({ typedName }) => typedName),
    pendingAccounts: new PendingSteps(clock, random, DAY_MS, ({ username }) => username),
    authorizationCodes: new AuthorizationCodes(clock, random),
  };
}
