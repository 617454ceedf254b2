import type { AttributeDefinitions } from '../../lib/attributes/attribute-definitions.js';
import type { UserAttributes } from '../../lib/attributes/user-attributes.js';
import { AppClient, type AppClientOptions } from '../../lib/client/app-client.js';
import { CognitoClient } from '../../lib/client/cognito-client.js';
import type { SignInRevoker } from '../../lib/tokens/revocation/token-revoker.js';
import { createCognitoService } from '../../lib/user/create-cognito-service.js';
import type { CognitoService } from '../../lib/user/cognito.service.js';
import type { RenewalMethod } from '../../lib/user/token-renewal.flow.js';

/** The time of these tests: 2026-11-03 04:05:06 UTC. */
export const NOW = Date.UTC(2026, 10, 3, 4, 5, 6);

export const POOL_ID = 'eu-west-1_abcdEFGH1';
export const CLIENT_ID = '3n4b5urk1ft4fl3mg5e62d9ado';
export const SECRET = 'c0ffee00c0ffee00c0ffee00';

/** Tokens as Cognito returns them. */
export const TOKENS = {
  AuthenticationResult: {
    AccessToken: 'access',
    IdToken: 'id',
    RefreshToken: 'refresh',
    ExpiresIn: 3600,
    TokenType: 'Bearer',
  },
  ChallengeParameters: {},
};

export interface TestOptions {
  readonly endpoint: string;
  readonly clientSecret?: AppClientOptions['clientSecret'];
  readonly attributes?: AttributeDefinitions;
  readonly renewalMethod?: RenewalMethod;
  readonly clock?: () => number;
  readonly revoker?: SignInRevoker;
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

/** A service that calls a fake of Cognito. */
export function serviceFor<Attributes extends object = UserAttributes>(
  options: TestOptions,
): { service: CognitoService<Attributes>; client: CognitoClient } {
  const { endpoint, clientSecret, attributes, renewalMethod, clock = () => NOW, revoker } = options;
  const wait = options.wait ?? (() => Promise.resolve());
  const client = new CognitoClient({ region: 'eu-west-1', endpoint }, { wait: () => Promise.resolve() });
  const appClient = new AppClient({ userPoolId: POOL_ID, clientId: CLIENT_ID, clientSecret });
  const verifier = { accepts: () => true, verify: () => Promise.reject(new Error('not in this test')) };
  return {
    client,
    service: createCognitoService({ client, appClient, verifier, attributes, renewalMethod, clock, revoker, wait }),
  };
}
