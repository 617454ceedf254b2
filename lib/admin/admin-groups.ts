import { PagedList, type PageSize } from '../client/paged-list.js';
import { requireObject, requireText, requireTextIfGiven } from '../errors/require-argument.js';
import type { AdminDependencies } from './admin-dependencies.js';
import { readAdminUser, type AdminUser } from './admin-user-record.js';
import { poolAndUsername, type PoolAndUsername } from './pool-and-username.js';
import { readUserGroup, type UserGroup } from './user-group.js';

/**
 * A group to create, or the new settings of a group.
 *
 * @publicApi
 */
export interface GroupRequest {
  /** Cannot be changed. */
  readonly name: string;
  readonly description?: string | undefined;
  /** 0 or more. Of a user's groups, the one with the lowest value determines the claim `cognito:preferred_role`. */
  readonly precedence?: number | undefined;
  /** The IAM role that an identity pool may assign to members. */
  readonly roleArn?: string | undefined;
}

/**
 * A user and a group.
 *
 * @publicApi
 */
export interface MembershipRequest {
  /** The username, the `sub`, or an alias. */
  readonly username: string;
  /** The name of the group. */
  readonly group: string;
}

/** A group as privileged operations name one. */
interface NamedGroup {
  readonly UserPoolId: string;
  readonly GroupName: string;
}

/** A group's settings in the SDK's shape. */
interface SdkGroupSettings extends NamedGroup {
  readonly Description: string | undefined;
  readonly Precedence: number | undefined;
  readonly RoleArn: string | undefined;
}

/**
 * Groups of the pool and their members: `CognitoAdminService.groups`. Tokens reflect a change from the next sign-in or
 * renewal on.
 *
 * @publicApi
 */
export class AdminGroups<Attributes extends object> {
  constructor(private readonly dependencies: Pick<AdminDependencies<Attributes>, 'client' | 'appClient' | 'codec'>) {}

  /**
   * Creates a group (CreateGroup).
   *
   * @throws CognitoServiceError with the code GROUP_EXISTS, PARAMETER_INVALID or LIMIT_EXCEEDED.
   */
  async create(request: GroupRequest): Promise<UserGroup> {
    const { Group } = await this.dependencies.client.send('CreateGroup', this.settings(request));
    return readUserGroup(Group);
  }

  /**
   * Returns a group (GetGroup).
   *
   * @throws CognitoServiceError with the code GROUP_NOT_FOUND.
   */
  async get(name: string): Promise<UserGroup> {
    const { Group } = await this.dependencies.client.send('GetGroup', this.group(name));
    return readUserGroup(Group);
  }

  /**
   * Changes the settings of a group. Omitted settings do not change (UpdateGroup).
   *
   * @throws CognitoServiceError with the code GROUP_NOT_FOUND or PARAMETER_INVALID.
   */
  async update(request: GroupRequest): Promise<UserGroup> {
    const { Group } = await this.dependencies.client.send('UpdateGroup', this.settings(request));
    return readUserGroup(Group);
  }

  /**
   * Deletes a group, but not its members (DeleteGroup).
   *
   * @throws CognitoServiceError with the code GROUP_NOT_FOUND.
   */
  async delete(name: string): Promise<void> {
    await this.dependencies.client.send('DeleteGroup', this.group(name));
  }

  /**
   * The groups of the pool, all or page by page (ListGroups).
   */
  list(options?: PageSize): PagedList<UserGroup> {
    const { client, appClient } = this.dependencies;
    return new PagedList(async (limit, cursor) => {
      const page = { UserPoolId: appClient.userPoolId, Limit: limit, NextToken: cursor };
      const { Groups = [], NextToken } = await client.send('ListGroups', page);
      return { items: Groups.map(readUserGroup), cursor: NextToken };
    }, options);
  }

  /**
   * Adds a user to a group. Has no effect if the user is a member (AdminAddUserToGroup).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND or GROUP_NOT_FOUND.
   */
  async addUser(request: MembershipRequest): Promise<void> {
    await this.dependencies.client.send('AdminAddUserToGroup', this.membership(request));
  }

  /**
   * Removes a user from a group. Has no effect if the user is not a member (AdminRemoveUserFromGroup).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND or GROUP_NOT_FOUND.
   */
  async removeUser(request: MembershipRequest): Promise<void> {
    await this.dependencies.client.send('AdminRemoveUserFromGroup', this.membership(request));
  }

  /**
   * The groups of a user, all or page by page (AdminListGroupsForUser).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND, with a page.
   */
  groupsOf(username: string, options?: PageSize): PagedList<UserGroup> {
    const { client, appClient } = this.dependencies;
    return new PagedList(async (limit, cursor) => {
      const page = { ...poolAndUsername(appClient, username), Limit: limit, NextToken: cursor };
      const { Groups = [], NextToken } = await client.send('AdminListGroupsForUser', page);
      return { items: Groups.map(readUserGroup), cursor: NextToken };
    }, options);
  }

  /**
   * The members of a group, all or page by page (ListUsersInGroup).
   *
   * @throws CognitoServiceError with the code GROUP_NOT_FOUND, with a page.
   */
  usersIn(group: string, options?: PageSize): PagedList<AdminUser<Attributes>> {
    const { client, codec } = this.dependencies;
    return new PagedList(async (limit, cursor) => {
      const page = { ...this.group(group, 'group'), Limit: limit, NextToken: cursor };
      const { Users = [], NextToken } = await client.send('ListUsersInGroup', page);
      return { items: Users.map((user) => readAdminUser(user, codec)), cursor: NextToken };
    }, options);
  }

  private group(name: string, argument = 'name'): NamedGroup {
    requireText(argument, name);
    return { UserPoolId: this.dependencies.appClient.userPoolId, GroupName: name };
  }

  private settings(request: GroupRequest): SdkGroupSettings {
    requireObject('request', request);
    const { name, description, precedence, roleArn } = request;
    requireTextIfGiven('roleArn', roleArn);
    return { ...this.group(name), Description: description, Precedence: precedence, RoleArn: roleArn };
  }

  private membership(request: MembershipRequest): PoolAndUsername & NamedGroup {
    requireObject('request', request);
    const { username, group } = request;
    return { ...poolAndUsername(this.dependencies.appClient, username), ...this.group(group, 'group') };
  }
}
