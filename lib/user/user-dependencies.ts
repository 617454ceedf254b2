import type { AttributeCodec } from '../attributes/attribute-codec.js';
import type { AppClient } from '../client/app-client.js';
import type { CognitoClient } from '../client/cognito-client.js';
import type { Clock } from '../time/clock.js';
import type { UserRevocations } from '../tokens/revocation/user-revocations.js';

/** Dependencies of the user operations; each class picks what it needs. */
export interface UserDependencies<Attributes extends object> {
  readonly client: CognitoClient;
  readonly appClient: AppClient;
  readonly codec: AttributeCodec<Attributes>;
  readonly clock: Clock;
  readonly revocations: UserRevocations;
}
