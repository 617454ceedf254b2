import type { CodeDeliveryDetailsType } from '@aws-sdk/client-cognito-identity-provider';

import type { User } from '../../model/user.js';
import { notAuthorized } from '../cognito-fault.js';
import type { Environment } from '../environment.js';
import { claimAlias, markVerified } from './aliases.js';
import { assertSignUpAttributes, assertWritable } from './attribute-rules.js';
import { sendCode } from './codes.js';
import { runPostConfirmation } from './post-confirmation.js';
import { addUser, assertUsernameFree, resolveUsername } from './new-user.js';
import { setPassword } from './password.js';
import { assertPasswordPolicy } from './password-policy.js';
import { runPreSignUp, type SignUpRequest } from './pre-sign-up.js';
import { signUpChannel } from './verification-channel.js';

/** A person's own sign-up: through a client; without a password where the pool lets people sign in without one. */
export type SelfSignUp = SignUpRequest &
  Required<Pick<SignUpRequest, 'client'>> & { readonly password?: string | undefined };

/** What came of a sign-up. */
export interface SignedUp {
  readonly user: User;
  /** Undefined when no code was sent. */
  readonly delivery?: CodeDeliveryDetailsType;
}

/** Signs a person up, asking the pool's rules in the order in which Cognito asks them. */
export async function signUp(environment: Environment, request: SelfSignUp): Promise<SignedUp> {
  const { pool, client, username, password } = request;
  if (pool.settings.AdminCreateUserConfig?.AllowAdminCreateUserOnly) {
    throw notAuthorized('SignUp is not permitted for this user pool');
  }
  const { attributes } = resolveUsername(pool, username, request.attributes);
  assertUsernameFree(pool, username, attributes, 'User already exists');
  if (client !== undefined) {
    assertWritable(pool, client, Object.keys(request.attributes));
  }
  assertSignUpAttributes(pool, attributes);
  if (password !== undefined) {
    assertPasswordPolicy(pool, password);
  }
  const verdict = await runPreSignUp(environment, 'SignUp', request);
  const user = addUser(environment, { pool, username, attributes: request.attributes, status: 'UNCONFIRMED' });
  if (password !== undefined) {
    setPassword(environment, pool, user, password);
  }
  if (!verdict.autoConfirmUser) {
    return sendSignUpCode(environment, request, user);
  }
  confirmAtOnce(request, user, verdict);
  await runPostConfirmation(environment, 'ConfirmSignUp', { ...request, user });
  return { user };
}

async function sendSignUpCode(environment: Environment, request: SelfSignUp, user: User): Promise<SignedUp> {
  const { pool, client, clientMetadata } = request;
  const channel = signUpChannel(pool, user);
  if (channel === undefined) {
    return { user };
  }
  const letter = { pool, user, channel, kind: 'SignUp', clientId: client?.id, clientMetadata } as const;
  return { user, delivery: await sendCode(environment, 'sign-up', letter) };
}

function confirmAtOnce(
  { pool }: SelfSignUp,
  user: User,
  verdict: { readonly autoVerifyEmail: boolean; readonly autoVerifyPhone: boolean },
): void {
  const verified = [
    ...(verdict.autoVerifyEmail ? (['email'] as const) : []),
    ...(verdict.autoVerifyPhone ? (['phone_number'] as const) : []),
  ];
  for (const attribute of verified) {
    claimAlias(pool, user, attribute, user.attributes[attribute] ?? '');
    markVerified(user, attribute);
  }
  user.status = 'CONFIRMED';
}
