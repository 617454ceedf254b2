import type { CodeDeliveryDetailsType } from '@aws-sdk/client-cognito-identity-provider';

import type { AppClient } from '../../model/app-client.js';
import type { User } from '../../model/user.js';
import { invalidParameter, notAuthorized } from '../cognito-fault.js';
import type { Environment } from '../environment.js';
import { claimAlias } from './aliases.js';
import { assertAssignable, assertSignUpAttributes, assertWritable } from './attribute-rules.js';
import { sendCode } from './codes.js';
import { runPostConfirmation } from './post-confirmation.js';
import { addUser, assertUsernameFree, type ResolvedUsername, resolveUsername } from './add-user.js';
import { setPassword } from './password.js';
import { assertPasswordPolicy } from './password-policy.js';
import { runPreSignUp, type SignUpRequest } from './pre-sign-up.js';
import { signUpChannel } from './verification-channel.js';
import { markVerified, withVerificationFlags } from './verification-flags.js';

/** A self-service sign-up. The password may be omitted in pools with passwordless first factors. */
export interface SelfSignUp extends Pick<SignUpRequest, 'pool' | 'attributes' | 'validationData' | 'clientMetadata'> {
  readonly client: AppClient;
  /** As in the request: where users sign in with an address, that address. */
  readonly username: string;
  readonly password?: string | undefined;
}

/** The result of a sign-up. */
export interface SignUpResult {
  readonly user: User;
  /** Undefined when no code is sent. */
  readonly delivery?: CodeDeliveryDetailsType;
}

/** SignUp. The checks run in Cognito's order. */
export async function signUp(environment: Environment, request: SelfSignUp): Promise<SignUpResult> {
  const { pool, password } = request;
  const { username, attributes } = allowedSignUp(request);
  const sub = environment.random.uuid();
  const trigger = { ...request, username: username ?? sub, attributes };
  const { autoConfirmUser, ...autoVerify } = await runPreSignUp(environment, 'SignUp', trigger);
  const user = addUser(environment, {
    ...{ pool, sub, username, status: 'UNCONFIRMED' },
    attributes: withVerificationFlags(attributes, false),
  });
  if (password !== undefined) {
    setPassword(environment, pool, user, password);
  }
  if (!autoConfirmUser) {
    return sendSignUpCode(environment, request, user);
  }
  autoConfirm(request, user, autoVerify);
  await runPostConfirmation(environment, 'ConfirmSignUp', { ...request, user });
  return { user };
}

/** @returns the username and the attributes of the user that the sign-up may create. */
function allowedSignUp({ pool, client, username, password, attributes: requested }: SelfSignUp): ResolvedUsername {
  if (pool.settings.AdminCreateUserConfig?.AllowAdminCreateUserOnly) {
    throw notAuthorized('SignUp is not permitted for this user pool');
  }
  const resolved = resolveUsername(pool, username, requested);
  const { attributes } = resolved;
  assertUsernameFree(pool, username, attributes, 'User already exists');
  assertAssignable(requested);
  assertWritable(pool, client, Object.keys(requested));
  if (requested['preferred_username'] && pool.settings.AliasAttributes?.includes('preferred_username')) {
    throw invalidParameter('Preferred username cannot be provided for unconfirmed account');
  }
  assertSignUpAttributes(pool, attributes);
  if (password !== undefined) {
    assertPasswordPolicy(pool, password);
  }
  return resolved;
}

async function sendSignUpCode(environment: Environment, request: SelfSignUp, user: User): Promise<SignUpResult> {
  const { pool, client, clientMetadata } = request;
  const channel = signUpChannel(pool, user);
  if (channel === undefined) {
    return { user };
  }
  const message = { pool, user, channel, kind: 'SignUp', clientId: client.id, clientMetadata } as const;
  return { user, delivery: await sendCode(environment, 'sign-up', message) };
}

function autoConfirm(
  { pool }: SelfSignUp,
  user: User,
  autoVerify: { readonly autoVerifyEmail: boolean; readonly autoVerifyPhone: boolean },
): void {
  const verified = [
    ...(autoVerify.autoVerifyEmail ? (['email'] as const) : []),
    ...(autoVerify.autoVerifyPhone ? (['phone_number'] as const) : []),
  ];
  for (const attribute of verified) {
    claimAlias(pool, user, attribute, user.attributes[attribute] ?? '');
    markVerified(user, attribute);
  }
  user.status = 'CONFIRMED';
}
