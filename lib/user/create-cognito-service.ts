import { setTimeout as delay } from 'node:timers/promises';

import { AttributeCodec } from '../attributes/attribute-codec.js';
import type { AttributeDefinitions } from '../attributes/attribute-definitions.js';
import type { UserAttributes } from '../attributes/user-attributes.js';
import type { AppClient } from '../client/app-client.js';
import type { CognitoClient } from '../client/cognito-client.js';
import type { TokenSet } from '../protocol/authentication-outcome.js';
import { AuthExchange } from '../sign-in/auth-exchange.js';
import { userAuthOperations } from '../sign-in/auth-operations.js';
import type { Revoker } from '../tokens/revocation/end-sign-ins.js';
import { systemClock, type Clock } from '../time/clock.js';
import type { Verifier } from '../tokens/verifier.js';
import { CognitoService } from './cognito.service.js';
import { PasswordRecoveryFlow } from './password-recovery.flow.js';
import { RegistrationFlow } from './registration.flow.js';
import type { TokenSessionOptions } from './renewing-tokens.js';
import { SignOutFlow } from './sign-out.flow.js';
import { TokenCheckFlow } from './token-check.flow.js';
import { TokenRenewalFlow, type RenewalMethod, type RenewLogin } from './token-renewal.flow.js';
import { TokenSession } from './token-session.js';
import type { Wait } from './token-storing.js';
import { UserAccountFlow } from './user-account.flow.js';
import { CognitoAttributes } from './user-attributes.js';
import { CognitoDevices } from './user-devices.js';
import { CognitoMfa } from './user-mfa.js';
import { CognitoPasskeys } from './user-passkeys.js';
import { type RevokerOfIssuer, UserRevocations } from '../tokens/revocation/user-revocations.js';
import { CognitoSessions } from './user-sessions.js';

/** Options of the service for one pool. */
export interface CognitoServiceOptions {
  readonly client: CognitoClient;
  readonly appClient: AppClient;
  readonly verifier: Pick<Verifier, 'accepts' | 'verify'>;
  /** The application's names for attributes. Default: Cognito's names. */
  readonly attributes?: AttributeDefinitions | undefined;
  /** Default: GetTokensFromRefreshToken. */
  readonly renewalMethod?: RenewalMethod | undefined;
  /** Renews tokens of managed login at the token endpoint. Default: they are renewed as all others. */
  readonly renewLogin?: RenewLogin | undefined;
  /** Default: the system clock. */
  readonly clock?: Clock | undefined;
  /** Waits before token sessions call the application again. Default: a timer. */
  readonly wait?: Wait | undefined;
  /** Records ended sign-ins, so that guards reject their tokens at once. Default: nothing is recorded. */
  readonly revoker?: Revoker;
  /** The revokers of tenants' pools, by issuer. Default: there are none. */
  readonly revokerOfTenant?: RevokerOfIssuer | undefined;
}

/** Creates the service for one pool. */
export function createCognitoService<Attributes extends object = UserAttributes>(
  options: CognitoServiceOptions,
): CognitoService<Attributes> {
  const { client, appClient, verifier, revoker, revokerOfTenant, clock = systemClock } = options;
  const codec = new AttributeCodec<Attributes>(options.attributes);
  const revocations = new UserRevocations({ revoker, verifier, revokerOfTenant });
  const dependencies = { client, appClient, clock, codec, revocations };
  const account = new UserAccountFlow(dependencies);
  const attributes = new CognitoAttributes(dependencies);
  const renewal = new TokenRenewalFlow(dependencies, options.renewalMethod, options.renewLogin);
  const signOut = new SignOutFlow(dependencies);
  const tokenSessionParts = {
    account,
    attributes,
    clock,
    wait: options.wait ?? delay,
    renew: renewal.renew.bind(renewal),
    signOut: signOut.everywhere.bind(signOut),
  };
  return new CognitoService({
    registration: new RegistrationFlow(dependencies),
    signIn: new AuthExchange({
      ...dependencies,
      operations: userAuthOperations(client, appClient),
      defaultFlow: 'USER_SRP_AUTH',
      privileged: false,
    }),
    renewal,
    check: new TokenCheckFlow(renewal, clock),
    recovery: new PasswordRecoveryFlow(dependencies),
    account,
    signOut,
    verifier,
    openTokenSession: (tokens: TokenSet, sessionOptions?: TokenSessionOptions) =>
      new TokenSession(tokenSessionParts, tokens, sessionOptions),
    attributes,
    mfa: new CognitoMfa(dependencies),
    devices: new CognitoDevices(dependencies),
    passkeys: new CognitoPasskeys(dependencies),
    sessions: new CognitoSessions(dependencies),
  });
}
