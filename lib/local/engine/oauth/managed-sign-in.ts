import { secretHash } from '../../../protocol/secret-hash.js';
import type { AppClient } from '../../model/app-client.js';
import type { PendingSignIn } from '../../model/pending-step.js';
import type { AuthMethod } from '../../model/sign-in.js';
import type { User } from '../../model/user.js';
import type { Environment } from '../environment.js';
import type { ClientInPool } from '../pools/pool-lookup.js';
import type { CallOrigin } from '../sessions/session-tracking.js';
import { continueSignIn } from '../sign-in/challenges/answer-challenge.js';
import { assertMayContinue } from '../sign-in/factor-checks.js';
import { allowsPasswordless } from '../sign-in/first-factors.js';
import { beginSignIn } from '../sign-in/flows/start-sign-in.js';
import { advance } from '../sign-in/stages/advance.js';
import type { Progress } from '../sign-in/step.js';
import { afterAuthentication } from '../sign-in/triggers.js';
import { userByName } from '../users/find-user.js';

/** How far a sign-in on the pages has come. */
export type ManagedSignIn =
  { readonly pending: PendingSignIn } | { readonly user: User; readonly methods: readonly AuthMethod[] };

/** A sign-in to start. Without a password, the user's first factors are offered. */
export interface ManagedSignInStart extends ClientInPool {
  readonly username: string;
  readonly password?: string;
  readonly caller: CallOrigin;
}

/** A sign-up that its user has confirmed. */
export interface ConfirmedSignUp extends ClientInPool {
  readonly username: string;
  readonly methods: readonly AuthMethod[];
  readonly caller: CallOrigin;
}

/**
 * Whether the login page asks for the username first and then offers the user's first factors. Otherwise it asks for
 * username and password.
 */
export function choosesFirstFactor({ pool, client }: ClientInPool): boolean {
  return (
    (client.settings.ExplicitAuthFlows?.includes('ALLOW_USER_AUTH') ?? false) &&
    pool.settings.UserPoolTier !== 'LITE' &&
    allowsPasswordless(pool)
  );
}

/**
 * Starts a sign-in on the pages, with the same engine as the API: triggers, lockouts and challenges are the same. The
 * client need not allow the flow, because its user never leaves the pages.
 *
 * @throws CognitoFault like InitiateAuth.
 */
export async function startManagedSignIn(
  environment: Environment,
  { pool, client, username, password, caller }: ManagedSignInStart,
): Promise<ManagedSignIn> {
  const expiresAt = environment.pendingSignIns.newDeadline();
  const progress = await beginSignIn(environment, {
    ...{ pool, client, admin: false, origin: caller, managedLogin: { expiresAt } },
    flow: password === undefined ? 'USER_AUTH' : 'USER_PASSWORD_AUTH',
    parameters: {
      ...namedUser(client, username),
      ...(password !== undefined && { PASSWORD: password }),
    },
  });
  return managedSignIn(environment, client, { typedName: username, expiresAt }, progress);
}

/**
 * Signs in a user who has just confirmed their own sign-up at this browser: nothing but a second factor may be missing.
 *
 * @throws CognitoFault like RespondToAuthChallenge.
 */
export async function signInConfirmedUser(
  environment: Environment,
  { pool, client, username, methods, caller }: ConfirmedSignUp,
): Promise<ManagedSignIn> {
  const user = userByName(pool, username);
  assertMayContinue(user);
  const expiresAt = environment.pendingSignIns.newDeadline();
  const state = { methods: [...methods], managedLogin: { expiresAt } };
  const attempt = { pool, client, user, typedName: username, flow: 'USER_AUTH', state, origin: caller } as const;
  const progress = await advance(environment, { passed: attempt });
  return managedSignIn(environment, client, { typedName: username, expiresAt }, progress);
}

/**
 * Answers the challenge that a sign-in on the pages waits for.
 *
 * @param responses - ChallengeResponses without USERNAME.
 * @throws CognitoFault like RespondToAuthChallenge.
 */
export async function answerManagedSignIn(
  environment: Environment,
  { pool, client }: ClientInPool,
  pending: PendingSignIn,
  responses: Readonly<Record<string, string>>,
  caller: CallOrigin,
): Promise<ManagedSignIn> {
  const progress = await continueSignIn(environment, {
    ...{ pool, client, challenge: pending.challenge, origin: caller, managedLogin: true },
    responses: { ...namedUser(client, pending.typedName), ...responses },
    session: environment.sessions.find(pending.session, { poolId: pool.id, clientId: client.id }),
  });
  return managedSignIn(environment, client, pending, progress);
}

async function managedSignIn(
  environment: Environment,
  client: AppClient,
  { typedName, expiresAt }: Pick<PendingSignIn, 'typedName' | 'expiresAt'>,
  progress: Progress,
): Promise<ManagedSignIn> {
  if ('completed' in progress) {
    const { user, state } = progress.completed;
    // The pages remember no devices.
    await afterAuthentication(environment, progress.completed, false);
    return { user, methods: state.methods ?? [] };
  }
  const { ChallengeName = 'PASSWORD', ChallengeParameters = {}, AvailableChallenges = [], Session } = progress.response;
  const pending = environment.pendingSignIns.add({
    ...{ clientId: client.id, typedName, expiresAt, session: Session ?? '' },
    ...{ challenge: ChallengeName, parameters: ChallengeParameters, available: AvailableChallenges },
  });
  return { pending };
}

/** The user's name, with the hash that the flows ask of a client with a secret. */
export function namedUser(client: AppClient, username: string): Record<string, string> {
  const [secret] = client.secrets;
  return {
    USERNAME: username,
    ...(secret !== undefined && { SECRET_HASH: secretHash(username, client.id, secret.value) }),
  };
}
