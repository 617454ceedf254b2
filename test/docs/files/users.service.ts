import { Injectable } from '@nestjs/common';

export interface User {
  readonly id: number;
  readonly plan: 'free' | 'paid';
}

/** Stands for a database: your users by the `sub` of Cognito, which never changes. */
@Injectable()
export class UsersService {
  private readonly users = new Map<string, User>();

  async findBySub(sub: string): Promise<User | undefined> {
    return Promise.resolve(this.users.get(sub));
  }

  async add(sub: string, user: User): Promise<void> {
    this.users.set(sub, user);
    return Promise.resolve();
  }
}
