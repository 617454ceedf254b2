import type { OperationInput } from '../client/operations.js';
import { PagedList } from '../client/paged-list.js';
import { sdkValidationData } from '../client/shapes/validation-data.js';
import { requireObject, requireText, requireTextIfGiven } from '../errors/require-argument.js';
import { requireMember } from '../protocol/protocol-error.js';
import type { RevokeOptions } from '../tokens/revocation/token-revoker.js';
import type { AdminDependencies } from './admin-dependencies.js';
import { readAdminUser, type AdminUser } from './admin-user-record.js';
import type {
  AdminUserRequest,
  CreateUserRequest,
  GetUsersRequest,
  ReinviteUserRequest,
  SetPasswordRequest,
  UpdateUserRequest,
} from './admin-user-requests.js';
import { invitationMediums, type DeliveryMedium } from './invitation-mediums.js';
import { poolAndUsername } from './pool-and-username.js';
import { filterExpression } from './user-filter.js';

const ENDED_AT_COGNITO: RevokeOptions = { endedAtCognito: true };

/** The users of a pool. A username may also be the `sub` or an alias. */
export class AdminUsers<Attributes extends object> {
  constructor(
    private readonly dependencies: Pick<
      AdminDependencies<Attributes>,
      'client' | 'appClient' | 'codec' | 'revocations'
    >,
  ) {}

  async create(request: CreateUserRequest<Attributes>): Promise<AdminUser<Attributes>> {
    requireObject('request', request);
    const { username, attributes, deliveryMediums } = request;
    const encoded = attributes && this.dependencies.codec.encode(attributes);
    const isSilent = request.messageAction === 'SUPPRESS';
    const mediums = deliveryMediums ?? (isSilent ? undefined : invitationMediums(username, encoded));
    return this.sendInvitation(request, mediums, {
      UserAttributes: encoded,
      MessageAction: request.messageAction,
      ForceAliasCreation: request.forceAliasCreation,
      ValidationData: sdkValidationData(request.validationData),
    });
  }

  async reinvite(request: ReinviteUserRequest): Promise<AdminUser<Attributes>> {
    requireObject('request', request);
    const { username, deliveryMediums } = request;
    const { client, appClient } = this.dependencies;
    const user = poolAndUsername(appClient, username);
    const mediums =
      deliveryMediums ?? invitationMediums(username, (await client.send('AdminGetUser', user)).UserAttributes);
    return this.sendInvitation(request, mediums, { MessageAction: 'RESEND' });
  }

  private async sendInvitation(
    { username, temporaryPassword, clientMetadata }: ReinviteUserRequest,
    mediums: readonly DeliveryMedium[] | undefined,
    more: Omit<OperationInput<'AdminCreateUser'>, 'UserPoolId' | 'Username'>,
  ): Promise<AdminUser<Attributes>> {
    const { client, appClient, codec } = this.dependencies;
    const user = poolAndUsername(appClient, username);
    requireTextIfGiven('temporaryPassword', temporaryPassword);
    const { User } = await client.send('AdminCreateUser', {
      ...user,
      TemporaryPassword: temporaryPassword,
      DesiredDeliveryMediums: mediums && [...mediums],
      ClientMetadata: clientMetadata,
      ...more,
    });
    return readAdminUser(requireMember('User', User), codec);
  }

  async confirmSignUp(request: AdminUserRequest): Promise<void> {
    requireObject('request', request);
    const { client, appClient } = this.dependencies;
    const user = poolAndUsername(appClient, request.username);
    await client.send('AdminConfirmSignUp', { ...user, ClientMetadata: request.clientMetadata });
  }

  async get(username: string): Promise<AdminUser<Attributes>> {
    const { client, appClient, codec } = this.dependencies;
    return readAdminUser(await client.send('AdminGetUser', poolAndUsername(appClient, username)), codec);
  }

  list(request: GetUsersRequest = {}): PagedList<AdminUser<Attributes>> {
    const { client, appClient, codec } = this.dependencies;
    return new PagedList(async (limit, cursor) => {
      const { Users = [], PaginationToken } = await client.send('ListUsers', {
        UserPoolId: appClient.userPoolId,
        Filter: request.filter && filterExpression(request.filter),
        Limit: limit,
        PaginationToken: cursor,
      });
      return { items: Users.map((user) => readAdminUser(user, codec)), cursor: PaginationToken };
    }, request);
  }

  async update(request: UpdateUserRequest<Attributes>): Promise<void> {
    requireObject('request', request);
    const { username, attributes, clientMetadata } = request;
    const { client, appClient, codec } = this.dependencies;
    await client.send('AdminUpdateUserAttributes', {
      ...poolAndUsername(appClient, username),
      UserAttributes: codec.encode(attributes),
      ClientMetadata: clientMetadata,
    });
  }

  async delete(username: string): Promise<void> {
    const { client, appClient, revocations } = this.dependencies;
    const user = poolAndUsername(appClient, username);
    await revocations.endAll(user, async () => client.send('AdminDeleteUser', user), ENDED_AT_COGNITO);
  }

  async enable(username: string): Promise<void> {
    const { client, appClient } = this.dependencies;
    await client.send('AdminEnableUser', poolAndUsername(appClient, username));
  }

  async disable(username: string): Promise<void> {
    const { client, appClient, revocations } = this.dependencies;
    const user = poolAndUsername(appClient, username);
    // Not ENDED_AT_COGNITO: AWS does not rule out that refresh tokens work again once the user is enabled.
    await revocations.endAll(user, async () => client.send('AdminDisableUser', user));
  }

  async setPassword(request: SetPasswordRequest): Promise<void> {
    requireObject('request', request);
    const { username, password, permanent = true } = request;
    requireText('password', password);
    const { client, appClient } = this.dependencies;
    const user = poolAndUsername(appClient, username);
    await client.send('AdminSetUserPassword', { ...user, Password: password, Permanent: permanent });
  }

  async resetPassword(request: AdminUserRequest): Promise<void> {
    requireObject('request', request);
    const { client, appClient, revocations } = this.dependencies;
    const user = poolAndUsername(appClient, request.username);
    const { clientMetadata } = request;
    await revocations.endAll(user, async () =>
      client.send('AdminResetUserPassword', { ...user, ClientMetadata: clientMetadata }),
    );
  }

  async logout(username: string): Promise<void> {
    const { client, appClient, revocations } = this.dependencies;
    const user = poolAndUsername(appClient, username);
    await revocations.endAll(user, async () => client.send('AdminUserGlobalSignOut', user), ENDED_AT_COGNITO);
  }
}
