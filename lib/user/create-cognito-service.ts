import { AttributeCodec } from '../attributes/attribute-codec.js';
import type { AttributeDefinitions } from '../attributes/attribute-definitions.js';
import type { UserAttributes } from '../attributes/user-attributes.js';
import type { AppClient } from '../client/app-client.js';
import type { CognitoClient } from '../client/cognito-client.js';
import type { TokenSet } from '../protocol/authentication-outcome.js';
import { AuthExchange } from '../sign-in/auth-exchange.js';
import { userAuthOperations } from '../sign-in/auth-operations.js';
import { systemClock, type Clock } from '../time/clock.js';
import type { SignInRevoker, RevocationCache } from '../tokens/revocation/token-revoker.js';
import type { Verifier } from '../tokens/verifier.js';
import { CognitoService } from './cognito.service.js';
import { TokenSession, type TokenSessionOptions } from './token-session.js';
import { PasswordRecoveryFlow } from './password-recovery.flow.js';
import { RegistrationFlow } from './registration.flow.js';
import { SignOutFlow } from './sign-out.flow.js';
import { TokenCheckFlow } from './token-check.flow.js';
import { TokenRenewalFlow, type RenewalMethod } from './token-renewal.flow.js';
import { UserAccountFlow } from './user-account.js';
import { CognitoAttributes } from './user-attributes.js';
import { CognitoDevices } from './user-devices.js';
import { CognitoMfa } from './user-mfa.js';
import { CognitoPasskeys } from './user-passkeys.js';
import { type RevokerOfIssuer, UserRevocations } from './user-revocations.js';
import { CognitoSessions } from './user-sessions.js';

/** What a service for one pool needs. */
export interface CognitoServiceOptions {
  readonly client: CognitoClient;
  readonly appClient: AppClient;
  readonly verifier: Pick<Verifier, 'accepts' | 'verify'>;
  /** The application's names for attributes. Default: Cognito's own. */
  readonly attributes?: AttributeDefinitions | undefined;
  /** Default GetTokensFromRefreshToken. */
  readonly renewalMethod?: RenewalMethod | undefined;
  readonly clock?: Clock | undefined;
  /** Is told of ended sign-ins, so that guards refuse their tokens at once. */
  readonly revoker?: SignInRevoker | RevocationCache | undefined;
  /** The same for the pools of tenants, by their issuer. */
  readonly revokerOfTenant?: RevokerOfIssuer | undefined;
}

/** Puts the service for one pool together. */
export function createCognitoService<Attributes extends object = UserAttributes>(
  options: CognitoServiceOptions,
): CognitoService<Attributes> {
  const { client, appClient, verifier, clock = systemClock } = options;
  const codec = new AttributeCodec<Attributes>(options.attributes);
  const { revoker, revokerOfTenant } = options;
  const revocations = new UserRevocations({ revoker, verifier, revokerOfTenant });
  const dependencies = { client, appClient, clock, codec, revocations };
  const account = new UserAccountFlow(dependencies);
  const attributes = new CognitoAttributes(dependencies);
  const renewal = new TokenRenewalFlow(dependencies, options.renewalMethod);
  const signOut = new SignOutFlow(dependencies);
  const sessionDependencies = {
    account,
    attributes,
    clock,
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
    openSession: (tokens: TokenSet, session?: TokenSessionOptions) =>
      new TokenSession(sessionDependencies, tokens, session),
    attributes,
    mfa: new CognitoMfa(dependencies),
    devices: new CognitoDevices(dependencies),
    passkeys: new CognitoPasskeys(dependencies),
    sessions: new CognitoSessions(dependencies),
  });
}
