import type { AttributeUpdates } from '../attributes/user-attributes.js';
import { sdkValidationData } from '../client/shapes/call-context.js';
import { pages } from '../client/pages.js';
import { requireObject, requireText, requireTextIfGiven } from '../errors/require-argument.js';
import { requireMember } from '../protocol/protocol-error.js';
import type { AdminDependencies } from './admin-dependencies.js';
import { readAdminUser, type AdminUser } from './admin-user.js';
import { filterExpression, type UserFilter } from './user-filter.js';

/** After these operations no refresh token of the user gives new tokens. */
const OVER = { endedAtCognito: true };

type ClientMetadata = Readonly<Record<string, string>> | undefined;

/** A user to be created. */
export interface CreateUserRequest<Attributes extends object> {
  readonly username: string;
  readonly attributes?: Attributes | undefined;
  /** Default: made by Cognito. Works once; the pool says for how many days. */
  readonly temporaryPassword?: string | undefined;
  /** `SUPPRESS` sends no invitation, `RESEND` sends another to a user who has not signed in yet. */
  readonly messageAction?: 'SUPPRESS' | 'RESEND' | undefined;
  /** How the invitation goes. Cognito's default is SMS. */
  readonly deliveryMediums?: readonly ('EMAIL' | 'SMS')[] | undefined;
  /** Takes a verified e-mail address or phone number away from the account that has it. Default false. */
  readonly forceAliasCreation?: boolean | undefined;
  /** For the PreSignUp trigger only; not stored. */
  readonly validationData?: Readonly<Record<string, string>> | undefined;
  readonly clientMetadata?: ClientMetadata;
}

/** A change to a user's attributes. */
export interface UpdateUserRequest<Attributes extends object> {
  readonly username: string;
  readonly attributes: AttributeUpdates<Attributes>;
  readonly clientMetadata?: ClientMetadata;
}

/** A password to be set. */
export interface SetPasswordRequest {
  readonly username: string;
  readonly password: string;
  /** Whether the user may keep it; else a new one is asked for at the next sign-in. Default true. */
  readonly permanent?: boolean | undefined;
}

/** A user by name: the username, the `sub`, or an alias that is in force. */
export interface AdminUserRequest {
  readonly username: string;
  readonly clientMetadata?: ClientMetadata;
}

/** Which users to list. */
export interface GetUsersRequest {
  readonly filter?: UserFilter | undefined;
  /** Users per request, 1 to 60. Default 60. */
  readonly pageSize?: number | undefined;
}

/** A pool's users. Wherever a username is asked for, the `sub` or an alias that is in force will do. */
export class AdminUsers<Attributes extends object> {
  constructor(private readonly dependencies: AdminDependencies<Attributes>) {}

  async create(request: CreateUserRequest<Attributes>): Promise<AdminUser<Attributes>> {
    requireObject('request', request);
    const { username, attributes, temporaryPassword, deliveryMediums } = request;
    requireText('username', username);
    requireTextIfGiven('temporaryPassword', temporaryPassword);
    const { client, codec } = this.dependencies;
    const { User } = await client.send('AdminCreateUser', {
      ...this.user(username),
      UserAttributes: attributes && codec.encode(attributes),
      TemporaryPassword: temporaryPassword,
      MessageAction: request.messageAction,
      DesiredDeliveryMediums: deliveryMediums && [...deliveryMediums],
      ForceAliasCreation: request.forceAliasCreation,
      ValidationData: sdkValidationData(request.validationData),
      ClientMetadata: request.clientMetadata,
    });
    return readAdminUser(requireMember('User', User), codec);
  }

  async confirmSignUp(request: AdminUserRequest): Promise<void> {
    requireObject('request', request);
    const { username, clientMetadata } = request;
    await this.dependencies.client.send('AdminConfirmSignUp', {
      ...this.user(username),
      ClientMetadata: clientMetadata,
    });
  }

  async get(username: string): Promise<AdminUser<Attributes>> {
    const { client, codec } = this.dependencies;
    return readAdminUser(await client.send('AdminGetUser', this.user(username)), codec);
  }

  async *list(request: GetUsersRequest = {}): AsyncGenerator<AdminUser<Attributes>, void, undefined> {
    requireObject('request', request);
    const { filter, pageSize = 60 } = request;
    const { client, appClient, codec } = this.dependencies;
    const expression = filter && filterExpression(filter);
    yield* pages(async (token) => {
      const { Users = [], PaginationToken } = await client.send('ListUsers', {
        UserPoolId: appClient.userPoolId,
        Filter: expression,
        Limit: pageSize,
        PaginationToken: token,
      });
      return { items: Users.map((user) => readAdminUser(user, codec)), next: PaginationToken };
    });
  }

  async update(request: UpdateUserRequest<Attributes>): Promise<void> {
    requireObject('request', request);
    const { username, attributes, clientMetadata } = request;
    const { client, codec } = this.dependencies;
    await client.send('AdminUpdateUserAttributes', {
      ...this.user(username),
      UserAttributes: codec.encode(attributes),
      ClientMetadata: clientMetadata,
    });
  }

  async delete(username: string): Promise<void> {
    const { client, revocations } = this.dependencies;
    const user = this.user(username);
    await revocations.around(user, async () => client.send('AdminDeleteUser', user), OVER);
  }

  async enable(username: string): Promise<void> {
    await this.dependencies.client.send('AdminEnableUser', this.user(username));
  }

  async disable(username: string): Promise<void> {
    const { client, revocations } = this.dependencies;
    const user = this.user(username);
    // Of refresh tokens AWS says nothing here: they may give tokens again once the user is enabled again.
    await revocations.around(user, async () => client.send('AdminDisableUser', user));
  }

  async setPassword(request: SetPasswordRequest): Promise<void> {
    requireObject('request', request);
    const { username, password, permanent = true } = request;
    requireText('password', password);
    await this.dependencies.client.send('AdminSetUserPassword', {
      ...this.user(username),
      Password: password,
      Permanent: permanent,
    });
  }

  async resetPassword(request: AdminUserRequest): Promise<void> {
    requireObject('request', request);
    const { username, clientMetadata } = request;
    const { client, revocations } = this.dependencies;
    const user = this.user(username);
    await revocations.around(user, async () =>
      client.send('AdminResetUserPassword', { ...user, ClientMetadata: clientMetadata }),
    );
  }

  async logout(username: string): Promise<void> {
    const { client, revocations } = this.dependencies;
    const user = this.user(username);
    await revocations.around(user, async () => client.send('AdminUserGlobalSignOut', user), OVER);
  }

  private user(username: string): { UserPoolId: string; Username: string } {
    requireText('username', username);
    return { UserPoolId: this.dependencies.appClient.userPoolId, Username: username };
  }
}
