import type { Clock } from '../../time/clock.js';
import type { PendingAccount, PendingSignIn } from '../model/pending-step.js';
import type { PoolRegistry } from '../model/pool-registry.js';
import type { RequestQuotas } from '../steering/request-quotas.js';
import type { UnitsOfWork } from '../model/unit-of-work.js';
import type { BackgroundWork } from './background-work.js';
import type { ProvisionedLimits } from './limits/provisioned-limits.js';
import type { WriteLog } from './log-line.js';
import type { Messenger } from './messages/messenger.js';
import type { AuthorizationCodes } from './oauth/authorization-codes.js';
import type { BrowserSessions } from './oauth/browser-sessions.js';
import type { Federation } from './oauth/federation.js';
import type { PendingSteps } from './oauth/pending-steps.js';
import type { Random } from './random.js';
import type { ChallengeSessions } from './sign-in/challenge-sessions.js';
import type { SecretBlocks } from './sign-in/secret-blocks.js';
import type { SigningKeys } from './tokens/signing-keys.js';
import type { TriggerRunner } from './trigger-runner.js';

/** What a server remembers for minutes only, such as challenges and authorization codes. */
export interface ShortLived {
  readonly sessions: ChallengeSessions;
  readonly secretBlocks: SecretBlocks;
  readonly browserSessions: BrowserSessions;
  /** A sign-in on the pages must end within five minutes. */
  readonly pendingSignIns: PendingSteps<PendingSignIn>;
  readonly pendingAccounts: PendingSteps<PendingAccount>;
  readonly authorizationCodes: AuthorizationCodes;
}

/** The services that operations share. One instance per server. */
export interface Environment extends ShortLived {
  readonly clock: Clock;
  readonly random: Random;
  /** Everything that may change records runs in one of these. */
  readonly units: UnitsOfWork;
  readonly pools: PoolRegistry;
  readonly keys: SigningKeys;
  readonly messenger: Messenger;
  readonly triggers: TriggerRunner;
  readonly quotas: RequestQuotas;
  readonly limits: ProvisionedLimits;
  readonly background: BackgroundWork;
  /** Receives what Cognito would write to CloudWatch Logs. */
  readonly log: WriteLog;
  /** Undefined: managed login offers no identity providers. */
  federation?: Federation;
  /** `http://host:port`, where this machine reaches the server. */
  readonly origin: string;
  /** What issuers start with; see `issuerOf`. */
  readonly issuer: string;
  /** The Region of pools that are created without an id or a signature that names one. */
  readonly region: string;
}
