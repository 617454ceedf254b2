import { Injectable } from '@nestjs/common';
import { type Authentication, CognitoAuthGuard, UserPools } from 'mandate';

import { UsersService } from './users.service.js';

@Injectable()
export class AccountGuard extends CognitoAuthGuard {
  constructor(
    pools: UserPools,
    private readonly users: UsersService,
  ) {
    super(pools);
  }

  protected override loadUser({ claims }: Authentication) {
    return this.users.findBySub(claims.sub);
  }
}
