/* eslint-disable @typescript-eslint/no-deprecated -- AWS deprecates the whole library; that is why it is a good stranger. */
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
  type IAuthenticationCallback,
} from 'amazon-cognito-identity-js';

import type { LocalService } from '../local/local-service.js';

/** Where a sign-in of the library stands after a call: which of its callbacks was called, and with what. */
export interface Step {
  readonly name:
    | 'signedIn'
    | 'mfaRequired'
    | 'totpRequired'
    | 'selectMFAType'
    | 'mfaSetup'
    | 'customChallenge'
    | 'newPasswordRequired';
  readonly session?: CognitoUserSession;
  /** The device waits for the user to say that it shall be remembered. */
  readonly deviceConfirmationNecessary?: boolean;
  readonly parameters?: Readonly<Record<string, string>>;
}

type Callbacks = Required<IAuthenticationCallback>;

/** Makes a call of the library and waits for whichever callback comes. */
export function step(call: (callbacks: Callbacks) => void): Promise<Step> {
  return new Promise((resolve, reject) => {
    const challenge = (name: Step['name']) => (_challengeName: unknown, parameters: unknown) => {
      resolve({ name, parameters: parameters as Record<string, string> });
    };
    call({
      onSuccess: (session, deviceConfirmationNecessary = false) => {
        resolve({ name: 'signedIn', session, deviceConfirmationNecessary });
      },
      onFailure: reject,
      mfaRequired: challenge('mfaRequired'),
      totpRequired: challenge('totpRequired'),
      selectMFAType: challenge('selectMFAType'),
      mfaSetup: challenge('mfaSetup'),
      customChallenge: (parameters) => {
        resolve({ name: 'customChallenge', parameters: parameters as Record<string, string> });
      },
      newPasswordRequired: () => {
        resolve({ name: 'newPasswordRequired' });
      },
    });
  });
}

/** Waits for a call that ends with `onSuccess` or `onFailure`. */
export function succeeded<Result>(
  call: (callbacks: { onSuccess: (result: Result) => void; onFailure: (error: unknown) => void }) => void,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    call({ onSuccess: resolve, onFailure: reject });
  });
}

/** A user of the library's unmodified client, over its default storage in memory. */
export function libraryUser({ cognito }: LocalService, poolName: string, username: string): CognitoUser {
  const pool = cognito.pool(poolName);
  const Pool = new CognitoUserPool({
    UserPoolId: pool.id,
    ClientId: pool.client('public').id,
    endpoint: cognito.endpoint,
  });
  return new CognitoUser({ Username: username, Pool });
}

/** Signs in with a password as far as it gets. */
export function signIn(user: CognitoUser, password: string): Promise<Step> {
  const details = new AuthenticationDetails({ Username: user.getUsername(), Password: password });
  return step((callbacks) => {
    user.authenticateUser(details, callbacks);
  });
}
