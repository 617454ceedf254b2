import type { AuthEvent } from '../../model/auth-event.js';
import type { AppClient } from '../../model/app-client.js';
import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import type { Environment } from '../environment.js';
import { isVerified } from '../users/verification-flags.js';
import { feedbackToken } from './auth-event-feedback.js';
import { riskConfigurationFor } from './risk-configuration.js';

/**
 * Tells a user by e-mail that a sign-in was blocked, if the threat protection says so. The code of the message is the
 * token for UpdateAuthEventFeedback.
 */
export async function notifyOfBlock(
  environment: Pick<Environment, 'messenger' | 'secretBlocks'>,
  pool: Pool,
  client: AppClient,
  user: User,
  event: AuthEvent,
): Promise<void> {
  const { AccountTakeoverRiskConfiguration: takeover } = riskConfigurationFor(pool, client.id) ?? {};
  const isWanted = takeover?.Actions?.HighAction?.Notify && takeover.NotifyConfiguration?.BlockEmail !== undefined;
  if (isWanted && isVerified(user.attributes, 'email')) {
    await environment.messenger.send({
      ...{ pool, user, channel: 'email', kind: 'AccountTakeOverNotification', clientId: client.id },
      code: feedbackToken(environment, event),
    });
  }
}
