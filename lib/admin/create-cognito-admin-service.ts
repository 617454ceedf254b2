import { AttributeCodec } from '../attributes/attribute-codec.js';
import type { AttributeDefinitions } from '../attributes/attribute-definitions.js';
import type { UserAttributes } from '../attributes/user-attributes.js';
import type { AppClient } from '../client/app-client.js';
import type { CognitoClient } from '../client/cognito-client.js';
import { AuthExchange } from '../sign-in/auth-exchange.js';
import { adminAuthOperations } from '../sign-in/auth-operations.js';
import type { Revoker } from '../tokens/revocation/end-sign-ins.js';
import { systemClock, type Clock } from '../time/clock.js';
import { AdminAuthEvents } from './admin-auth-events.js';
import { AdminDevices } from './admin-devices.js';
import { AdminFederation } from './admin-federation.js';
import { AdminGroups } from './admin-groups.js';
import { AdminMfa } from './admin-mfa.js';
import { AdminRevocations } from './admin-revocations.js';
import { AdminSessions } from './admin-sessions.js';
import { AdminUsers } from './admin-users.js';
import { CognitoAdminService } from './cognito-admin.service.js';

/** Options of the privileged service for one pool. */
export interface CognitoAdminServiceOptions {
  /** With AWS credentials, unless the SDK's default chain finds them. */
  readonly client: CognitoClient;
  readonly appClient: AppClient;
  /** The application's names for attributes. Default: Cognito's names. */
  readonly attributes?: AttributeDefinitions | undefined;
  /** Default: the system clock. */
  readonly clock?: Clock | undefined;
  /** Records ended sign-ins, so that guards reject their tokens at once. Default: nothing is recorded. */
  readonly revoker?: Revoker;
}

/** Creates the privileged service for one pool. */
export function createCognitoAdminService<Attributes extends object = UserAttributes>(
  options: CognitoAdminServiceOptions,
): CognitoAdminService<Attributes> {
  const { client, appClient, clock = systemClock } = options;
  const codec = new AttributeCodec<Attributes>(options.attributes);
  const revocations = new AdminRevocations(options.revoker, client);
  const dependencies = { client, appClient, clock, codec, revocations };
  return new CognitoAdminService({
    users: new AdminUsers(dependencies),
    signIn: new AuthExchange({
      ...dependencies,
      operations: adminAuthOperations(client, appClient),
      defaultFlow: 'ADMIN_USER_PASSWORD_AUTH',
      privileged: true,
    }),
    groups: new AdminGroups(dependencies),
    mfa: new AdminMfa(dependencies),
    devices: new AdminDevices(dependencies),
    sessions: new AdminSessions(dependencies),
    federation: new AdminFederation(dependencies),
    authEvents: new AdminAuthEvents(dependencies),
  });
}
