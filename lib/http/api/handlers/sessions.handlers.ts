import { Injectable } from '@nestjs/common';

import type { AuthApiCall } from '../auth-api-call.js';
import { AuthApiHandler } from '../auth-api-handler.js';
import type { AuthApiInputs, AuthApiOutputs } from '../auth-api-types.js';
import { accessTokenOf } from './access-token-of.js';
import { listOf } from './list-of.js';

/**
 * Lists the sessions of the user in all app clients (ListUserSessions).
 *
 * @publicApi
 */
@Injectable()
export class SessionsHandler extends AuthApiHandler<'sessions'> {
  async handle(_: object, call: AuthApiCall): Promise<AuthApiOutputs['sessions']> {
    const { cognito, responses } = this.api;
    return listOf(cognito.sessions.list(accessTokenOf(call)), (session) => responses.session(session));
  }
}

/**
 * Ends another session of the user (RevokeUserSession).
 *
 * @publicApi
 */
@Injectable()
export class RevokeSessionHandler extends AuthApiHandler<'revokeSession'> {
  async handle({ sessionId, revokeLinked }: AuthApiInputs['revokeSession'], call: AuthApiCall): Promise<void> {
    await this.api.cognito.sessions.revoke({ accessToken: accessTokenOf(call), sessionId, revokeLinked });
  }
}
