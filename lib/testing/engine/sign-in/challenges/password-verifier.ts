import { srpIdentity } from '../../users/password.js';
import type { ChallengeResponder, SignInAttempt } from '../attempt.js';
import { settlePassword } from '../first-factor.js';
import { incorrectPassword } from '../refusals.js';
import { resumedAttempt } from '../new-attempt.js';
import { parameter } from '../parameters.js';
import { claimIsRight, openExchange } from '../srp-exchange.js';

/** PASSWORD_VERIFIER: the proof of an SRP exchange. Works without a session; pycognito sends none. */
export const passwordVerifier: ChallengeResponder = async (environment, request) => {
  const { pool, client, responses } = request;
  const typedName = parameter(responses, 'USERNAME');
  const exchange = openExchange(environment, client, responses);
  const user = pool.users.byUsername(exchange.username ?? '');
  if (user === undefined) {
    throw incorrectPassword();
  }
  const deviceKey = responses['DEVICE_KEY'];
  const attempt: SignInAttempt =
    request.session === undefined
      ? { ...request, flow: 'USER_SRP_AUTH', user, typedName, state: {} }
      : resumedAttempt(request);
  if (deviceKey !== undefined) {
    attempt.state.deviceKey = deviceKey;
  }
  return settlePassword(environment, attempt, () =>
    claimIsRight(exchange, srpIdentity(pool, user.username), responses),
  );
};
