import { Injectable } from '@nestjs/common';
import { CognitoJwtStrategy, type VerifiedClaims } from 'mandate';

import { UsersService } from './users.service.js';

/** A provider of any module: it replaces the strategy `cognito`. For a named pool extend cognitoStrategy('cognito:staff'). */
@Injectable()
export class AccountStrategy extends CognitoJwtStrategy {
  constructor(private readonly users: UsersService) {
    super();
  }

  override validate({ sub }: VerifiedClaims) {
    return this.users.findBySub(sub);
  }
}
