import { pages } from '../client/pages.js';
import { requireObject, requireText, requireTextIfGiven } from '../errors/require-argument.js';
import type { AdminDependencies } from './admin-dependencies.js';
import { readAdminUser, type AdminUser } from './admin-user.js';
import { readUserGroup, type UserGroup } from './user-group.js';

/** A group to be created, or what it shall be from now on. */
export interface GroupRequest {
  readonly name: string;
  readonly description?: string | undefined;
  /** 0 or more; the lower, the more it counts. */
  readonly precedence?: number | undefined;
  /** The IAM role that an identity pool may give to members. */
  readonly roleArn?: string | undefined;
}

/** A user and a group. */
export interface MembershipRequest {
  /** The username, the `sub`, or an alias that is in force. */
  readonly username: string;
  readonly group: string;
}

/** Items per request. */
export interface PageSize {
  /** 1 to 60. Default 60. */
  readonly pageSize?: number | undefined;
}

const FULL_PAGE = 60;

/**
 * The groups of a pool and who is in them. A change shows in tokens that are issued after it, at the next sign-in or
 * renewal.
 */
export class AdminGroups<Attributes extends object> {
  constructor(private readonly dependencies: Pick<AdminDependencies<Attributes>, 'client' | 'appClient' | 'codec'>) {}

  /** @throws CognitoServiceError with the code GROUP_EXISTS (CreateGroup). */
  async create(request: GroupRequest): Promise<UserGroup> {
    const { Group } = await this.dependencies.client.send('CreateGroup', this.settings(request));
    return readUserGroup(Group);
  }

  /** @throws CognitoServiceError with the code RESOURCE_NOT_FOUND (GetGroup). */
  async get(name: string): Promise<UserGroup> {
    const { Group } = await this.dependencies.client.send('GetGroup', this.group(name));
    return readUserGroup(Group);
  }

  /** Changes what is given; the name stays (UpdateGroup). */
  async update(request: GroupRequest): Promise<UserGroup> {
    const { Group } = await this.dependencies.client.send('UpdateGroup', this.settings(request));
    return readUserGroup(Group);
  }

  /** Deletes a group; its members stay users (DeleteGroup). */
  async delete(name: string): Promise<void> {
    await this.dependencies.client.send('DeleteGroup', this.group(name));
  }

  /** All groups, page by page as they are consumed (ListGroups). */
  async *list(options: PageSize = {}): AsyncGenerator<UserGroup, void, undefined> {
    requireObject('options', options);
    const { pageSize = FULL_PAGE } = options;
    const { client, appClient } = this.dependencies;
    yield* pages(async (token) => {
      const page = { UserPoolId: appClient.userPoolId, Limit: pageSize, NextToken: token };
      const { Groups = [], NextToken } = await client.send('ListGroups', page);
      return { items: Groups.map(readUserGroup), next: NextToken };
    });
  }

  /** Puts a user into a group; no error for who is in it already (AdminAddUserToGroup). */
  async addUser(request: MembershipRequest): Promise<void> {
    await this.dependencies.client.send('AdminAddUserToGroup', this.membership(request));
  }

  /** Takes a user out of a group; no error for who is not in it (AdminRemoveUserFromGroup). */
  async removeUser(request: MembershipRequest): Promise<void> {
    await this.dependencies.client.send('AdminRemoveUserFromGroup', this.membership(request));
  }

  /** The groups of a user, page by page as they are consumed (AdminListGroupsForUser). */
  async *groupsOf(username: string, options: PageSize = {}): AsyncGenerator<UserGroup, void, undefined> {
    requireText('username', username);
    requireObject('options', options);
    const { pageSize = FULL_PAGE } = options;
    const { client, appClient } = this.dependencies;
    yield* pages(async (token) => {
      const page = { UserPoolId: appClient.userPoolId, Username: username, Limit: pageSize, NextToken: token };
      const { Groups = [], NextToken } = await client.send('AdminListGroupsForUser', page);
      return { items: Groups.map(readUserGroup), next: NextToken };
    });
  }

  /** The members of a group, page by page as they are consumed (ListUsersInGroup). */
  async *usersIn(group: string, options: PageSize = {}): AsyncGenerator<AdminUser<Attributes>, void, undefined> {
    const named = this.group(group, 'group');
    requireObject('options', options);
    const { pageSize = FULL_PAGE } = options;
    const { client, codec } = this.dependencies;
    yield* pages(async (token) => {
      const page = { ...named, Limit: pageSize, NextToken: token };
      const { Users = [], NextToken } = await client.send('ListUsersInGroup', page);
      return { items: Users.map((user) => readAdminUser(user, codec)), next: NextToken };
    });
  }

  private group(name: string, argument = 'name'): { UserPoolId: string; GroupName: string } {
    requireText(argument, name);
    return { UserPoolId: this.dependencies.appClient.userPoolId, GroupName: name };
  }

  private settings(request: GroupRequest): {
    UserPoolId: string;
    GroupName: string;
    Description: string | undefined;
    Precedence: number | undefined;
    RoleArn: string | undefined;
  } {
    requireObject('request', request);
    const { name, description, precedence, roleArn } = request;
    requireTextIfGiven('roleArn', roleArn);
    return { ...this.group(name), Description: description, Precedence: precedence, RoleArn: roleArn };
  }

  private membership(request: MembershipRequest): { UserPoolId: string; Username: string; GroupName: string } {
    requireObject('request', request);
    const { username, group } = request;
    requireText('username', username);
    requireText('group', group);
    return { UserPoolId: this.dependencies.appClient.userPoolId, Username: username, GroupName: group };
  }
}
