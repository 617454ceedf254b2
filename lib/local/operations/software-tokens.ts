import {
  associateToken,
  associateTokenInSession,
  verifyToken,
  verifyTokenInSession,
} from '../engine/mfa/software-token-setup.js';
import { tokenOrSessionMissing } from '../engine/mfa/mfa-faults.js';
import { disableFactor } from '../engine/mfa/preferences.js';
import { bearerOf } from '../engine/tokens/access-token.js';
import type { OperationTable } from './operation.js';
import { poolAndUser } from './pool-and-user.js';

/** Authenticator apps (TOTP). */
export const softwareTokenOperations: OperationTable<
  'AssociateSoftwareToken' | 'VerifySoftwareToken' | 'AdminDeleteSoftwareToken'
> = {
  AssociateSoftwareToken: {
    handle: async (environment, { AccessToken, Session }) => {
      if (AccessToken !== undefined) {
        const { pool, user } = await bearerOf(environment, AccessToken);
        return { SecretCode: associateToken(environment, pool, user) };
      }
      const { secret, session } = associateTokenInSession(environment, requiredSession(Session));
      return { SecretCode: secret, Session: session };
    },
  },
  VerifySoftwareToken: {
    handle: async (environment, { AccessToken, Session, UserCode, FriendlyDeviceName }) => {
      if (AccessToken !== undefined) {
        const { pool, user } = await bearerOf(environment, AccessToken);
        verifyToken(environment, pool, user, UserCode, FriendlyDeviceName);
        return { Status: 'SUCCESS' };
      }
      const session = verifyTokenInSession(environment, requiredSession(Session), UserCode, FriendlyDeviceName);
      return { Status: 'SUCCESS', Session: session };
    },
  },
  AdminDeleteSoftwareToken: {
    handle: (environment, input) => {
      const { user } = poolAndUser(environment, input);
      disableFactor(user, 'SOFTWARE_TOKEN_MFA');
      delete user.softwareToken;
      delete user.pendingSoftwareToken;
      user.modifiedAt = environment.clock();
      return {};
    },
  },
};

function requiredSession(session: string | undefined): string {
  if (session === undefined) {
    throw tokenOrSessionMissing();
  }
  return session;
}
