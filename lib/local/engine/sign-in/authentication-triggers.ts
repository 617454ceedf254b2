import type { Environment } from '../environment.js';
import { triggerAttributes } from '../users/trigger-attributes.js';
import { hidesUsers } from '../users/find-user.js';
import type { SignInAttempt, StartRequest } from './attempt.js';
import type { Candidate } from './choice/candidate.js';

type Triggered = Pick<Environment, 'triggers'>;

/** Runs PreAuthentication, before any factor is looked at. InitiateAuth's ClientMetadata is its `validationData`. */
export async function beforeAuthentication(
  { triggers }: Triggered,
  { clientMetadata, client, pool }: StartRequest,
  { user, typedName }: Pick<Candidate, 'user' | 'typedName'>,
): Promise<void> {
  await triggers.run('preAuthentication', {
    pool,
    clientId: client.id,
    userName: user?.username ?? typedName,
    source: 'Authentication',
    request: {
      userAttributes: user === undefined ? {} : triggerAttributes(pool, user),
      ...(clientMetadata && { validationData: clientMetadata }),
      ...(hidesUsers(client) && { userNotFound: user === undefined }),
    },
    response: {},
  });
}

/** Runs PostAuthentication, when everything is proven. */
export async function afterAuthentication(
  { triggers }: Triggered,
  { pool, client, user, clientMetadata }: SignInAttempt,
  newDeviceUsed: boolean,
): Promise<void> {
  await triggers.run('postAuthentication', {
    pool,
    clientId: client.id,
    userName: user.username,
    source: 'Authentication',
    request: {
      userAttributes: triggerAttributes(pool, user),
      newDeviceUsed,
      ...(clientMetadata && { clientMetadata }),
    },
    response: {},
  });
}
