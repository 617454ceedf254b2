import { ConflictException, Injectable } from '@nestjs/common';
import { type AuthApiCall, type AuthApiInputs, RegisterHandler } from 'mandate/http';

/** Replaces what POST /auth/register does. The route, its validation, limits and documentation stay. */
@Injectable()
export class OwnRegisterHandler extends RegisterHandler {
  override async handle(input: AuthApiInputs['register'], call: AuthApiCall) {
    if (/admin/i.test(input.username)) {
      throw new ConflictException('Choose another username.');
    }
    return super.handle(input, call);
  }
}
