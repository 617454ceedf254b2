import type { EventType } from '@aws-sdk/client-cognito-identity-provider';

import { CognitoFault } from '../engine/cognito-fault.js';
import { recordAuthEvent, recordsAuthEvents } from '../engine/threat-protection/auth-events.js';
import { bearerOf } from '../engine/tokens/access-token.js';
import { findUser } from '../engine/users/find-user.js';
import type { AppClient } from '../model/app-client.js';
import type { Pool } from '../model/pool.js';
import type { User } from '../model/user.js';
import { callerContext } from './caller-context.js';
import type { CallContext } from './operation.js';

/** The operations other than sign-ins that the history of a user has, with the type of their events. */
const RECORDED: Readonly<Record<string, EventType>> = {
  SignUp: 'SignUp',
  ResendConfirmationCode: 'ResendCode',
  ForgotPassword: 'ForgotPassword',
  ConfirmForgotPassword: 'PasswordChange',
  ChangePassword: 'PasswordChange',
};

/** Who calls: a client in the name of a user. */
interface Caller {
  readonly pool: Pool;
  readonly client: AppClient;
  readonly user: User;
}

/** Runs an operation, and records it in the history of its user if it belongs there. */
export async function recordCall(
  name: string,
  input: Readonly<Record<string, unknown>>,
  call: CallContext,
  run: () => Promise<object>,
): Promise<object> {
  const type = Object.hasOwn(RECORDED, name) ? RECORDED[name] : undefined;
  if (type === undefined) {
    return run();
  }
  const record = async (response: 'Pass' | 'Fail') => {
    const caller = await callerOf(input, call);
    if (caller !== undefined && recordsAuthEvents(caller.pool)) {
      const origin = callerContext(caller.client, input, call);
      recordAuthEvent(call.environment, caller.pool, caller.user, { type, response, origin });
    }
  };
  try {
    const output = await run();
    await record('Pass');
    return output;
  } catch (error) {
    if (error instanceof CognitoFault) {
      await record('Fail');
    }
    throw error;
  }
}

async function callerOf(
  { AccessToken: token, ClientId: clientId, Username: username }: Readonly<Record<string, unknown>>,
  { environment }: CallContext,
): Promise<Caller | undefined> {
  if (typeof token === 'string') {
    return bearerOf(environment, token).catch(() => undefined);
  }
  if (typeof clientId !== 'string' || typeof username !== 'string') {
    return undefined;
  }
  const found = environment.pools.byClientId(clientId);
  const user = found && findUser(found.pool, username);
  return user && { ...found, user };
}
