// @ts-check
import {
  AuthenticationDetails,
  CognitoAccessToken,
  CognitoIdToken,
  CognitoRefreshToken,
  CognitoUser,
  CognitoUserAttribute,
  CognitoUserPool,
  CognitoUserSession,
} from 'amazon-cognito-identity-js';

import { serve } from './serve.mjs';

/**
 * @typedef {{ UserPoolId: string, ClientId: string, endpoint: string }} Pool
 * @typedef {{ id: number, pool: Pool, username: string }} UserReference A user of the library that lives here.
 * @typedef {{ jwt: string, payload: Record<string, any> }} Token
 * @typedef {{ isValid: boolean, accessToken: Token, idToken: Token, refreshToken: string }} Session
 * @typedef {'signedIn' | 'mfaRequired' | 'totpRequired' | 'selectMFAType' | 'mfaSetup' | 'customChallenge'
 *   | 'newPasswordRequired'} Callback
 */

/**
 * Where a sign-in of the library stands after a call: which of its callbacks was called, and with what.
 *
 * @typedef {object} Step
 * @property {Callback} name
 * @property {Session} [session]
 * @property {boolean} [deviceConfirmationNecessary] The device waits for the user to say that it shall be remembered.
 * @property {Record<string, string>} [parameters]
 * @property {string[]} [requiredAttributes]
 */

/** @type {Map<number, CognitoUser>} */
const users = new Map();

/**
 * The library's unmodified client over its default storage in memory.
 *
 * @param {UserReference} reference
 */
function userOf({ id, pool, username }) {
  const user = users.get(id) ?? new CognitoUser({ Username: username, Pool: new CognitoUserPool(pool) });
  users.set(id, user);
  return user;
}

/** @param {Record<string, string>} values */
const attributeList = (values) =>
  Object.entries(values).map(([Name, Value]) => new CognitoUserAttribute({ Name, Value }));

/**
 * @param {CognitoUserSession} session
 * @returns {Session}
 */
function plainSession(session) {
  /** @param {CognitoAccessToken | CognitoIdToken} token */
  const plain = (token) => ({ jwt: token.getJwtToken(), payload: token.payload });
  return {
    isValid: session.isValid(),
    accessToken: plain(session.getAccessToken()),
    idToken: plain(session.getIdToken()),
    refreshToken: session.getRefreshToken().getToken(),
  };
}

/**
 * Makes a call of the library and waits for whichever callback comes.
 *
 * @param {(callbacks: Required<import('amazon-cognito-identity-js').IAuthenticationCallback>) => void} call
 * @returns {Promise<Step>}
 */
function step(call) {
  return new Promise((resolve, reject) => {
    /** @param {Callback} name */
    const challenge = (name) => (/** @type {unknown} */ _challengeName, /** @type {any} */ parameters) => {
      resolve({ name, parameters });
    };
    call({
      onSuccess: (session, deviceConfirmationNecessary = false) => {
        resolve({ name: 'signedIn', session: plainSession(session), deviceConfirmationNecessary });
      },
      onFailure: reject,
      mfaRequired: challenge('mfaRequired'),
      totpRequired: challenge('totpRequired'),
      selectMFAType: challenge('selectMFAType'),
      mfaSetup: challenge('mfaSetup'),
      customChallenge: (parameters) => {
        resolve({ name: 'customChallenge', parameters });
      },
      newPasswordRequired: (parameters, requiredAttributes) => {
        resolve({ name: 'newPasswordRequired', parameters, requiredAttributes });
      },
    });
  });
}

/**
 * Waits for a call that ends with `onSuccess` or `onFailure`.
 *
 * @param {(callbacks: { onSuccess: (result?: any) => void, onFailure: (error: unknown) => void }) => void} call
 * @returns {Promise<any>}
 */
function succeeded(call) {
  return new Promise((resolve, reject) => {
    call({ onSuccess: resolve, onFailure: reject });
  });
}

/**
 * Node's callback style as a promise.
 *
 * @param {(done: (error?: any, result?: any) => void) => void} call
 * @returns {Promise<any>}
 */
function called(call) {
  return new Promise((resolve, reject) => {
    call((error, result) => {
      if (error) {
        reject(error);
      } else {
        resolve(result);
      }
    });
  });
}

/** The library's methods of a user. What is not JSON on the way stays here: users, and its classes for arguments. */
export const userOperations = {
  /** @type {(user: CognitoUser, password: string) => Promise<Step>} */
  authenticateUser: (user, password) => {
    const details = new AuthenticationDetails({ Username: user.getUsername(), Password: password });
    return step((callbacks) => user.authenticateUser(details, callbacks));
  },
  /** @type {(user: CognitoUser) => Promise<Step>} */
  initiateAuth: (user) => {
    const details = new AuthenticationDetails({ Username: user.getUsername() });
    return step((callbacks) => user.initiateAuth(details, callbacks));
  },
  /** @type {(user: CognitoUser, type: string) => void} */
  setAuthenticationFlowType: (user, type) => {
    user.setAuthenticationFlowType(type);
  },
  /** @type {(user: CognitoUser, code: string, type?: string) => Promise<Step>} */
  sendMFACode: (user, code, type) => step((callbacks) => user.sendMFACode(code, callbacks, type)),
  /** @type {(user: CognitoUser, answer: string) => Promise<Step>} */
  sendMFASelectionAnswer: (user, answer) => step((callbacks) => user.sendMFASelectionAnswer(answer, callbacks)),
  /** @type {(user: CognitoUser, answer: string) => Promise<Step>} */
  sendCustomChallengeAnswer: (user, answer) => step((callbacks) => user.sendCustomChallengeAnswer(answer, callbacks)),
  /** @type {(user: CognitoUser, password: string, attributes: Record<string, string>) => Promise<Step>} */
  completeNewPasswordChallenge: (user, password, attributes) =>
    step((callbacks) => user.completeNewPasswordChallenge(password, attributes, callbacks)),

  /** @type {(user: CognitoUser, code: string, force?: boolean) => Promise<string>} */
  confirmRegistration: (user, code, force = false) => called((done) => user.confirmRegistration(code, force, done)),
  /** @type {(user: CognitoUser) => Promise<unknown>} */
  resendConfirmationCode: (user) => called((done) => user.resendConfirmationCode(done)),
  /** @type {(user: CognitoUser, old: string, proposed: string) => Promise<string>} */
  changePassword: (user, old, proposed) => called((done) => user.changePassword(old, proposed, done)),
  /** @type {(user: CognitoUser) => Promise<unknown>} */
  forgotPassword: (user) =>
    new Promise((resolve, reject) => {
      user.forgotPassword({ onSuccess: reject, onFailure: reject, inputVerificationCode: resolve });
    }),
  /** @type {(user: CognitoUser, code: string, password: string) => Promise<string>} */
  confirmPassword: (user, code, password) => succeeded((callbacks) => user.confirmPassword(code, password, callbacks)),

  /** @type {(user: CognitoUser) => Session | null} */
  getSignInUserSession: (user) => {
    const session = user.getSignInUserSession();
    return session && plainSession(session);
  },
  /** @type {(user: CognitoUser, session: Session) => void} */
  setSignInUserSession: (user, { accessToken, idToken, refreshToken }) => {
    user.setSignInUserSession(
      new CognitoUserSession({
        AccessToken: new CognitoAccessToken({ AccessToken: accessToken.jwt }),
        IdToken: new CognitoIdToken({ IdToken: idToken.jwt }),
        RefreshToken: new CognitoRefreshToken({ RefreshToken: refreshToken }),
      }),
    );
  },
  /** @type {(user: CognitoUser, refreshToken: string) => Promise<Session>} */
  refreshSession: async (user, refreshToken) => {
    const token = new CognitoRefreshToken({ RefreshToken: refreshToken });
    return plainSession(await called((done) => user.refreshSession(token, done)));
  },
  /** @type {(user: CognitoUser) => Promise<void>} */
  signOut: (user) => new Promise((resolve) => user.signOut(() => resolve(undefined))),
  /** @type {(user: CognitoUser) => Promise<string>} */
  globalSignOut: (user) => succeeded((callbacks) => user.globalSignOut(callbacks)),

  /** @type {(user: CognitoUser) => Promise<unknown>} */
  getUserData: (user) => called((done) => user.getUserData(done)),
  /** @type {(user: CognitoUser) => Promise<Record<string, string>>} */
  getUserAttributes: async (user) => {
    const attributes = await called((done) => user.getUserAttributes(done));
    return Object.fromEntries(attributes.map((/** @type {CognitoUserAttribute} */ { Name, Value }) => [Name, Value]));
  },
  /** @type {(user: CognitoUser, values: Record<string, string>) => Promise<unknown>} */
  updateAttributes: (user, values) => called((done) => user.updateAttributes(attributeList(values), done)),
  /** @type {(user: CognitoUser, names: string[]) => Promise<unknown>} */
  deleteAttributes: (user, names) => called((done) => user.deleteAttributes(names, done)),
  /** @type {(user: CognitoUser, name: string) => Promise<unknown>} */
  getAttributeVerificationCode: (user, name) =>
    new Promise((resolve, reject) => {
      const callbacks = { onSuccess: resolve, onFailure: reject, inputVerificationCode: resolve };
      user.getAttributeVerificationCode(name, callbacks);
    }),
  /** @type {(user: CognitoUser, name: string, code: string) => Promise<string>} */
  verifyAttribute: (user, name, code) => succeeded((callbacks) => user.verifyAttribute(name, code, callbacks)),

  /** @type {(user: CognitoUser) => Promise<string>} */
  associateSoftwareToken: (user) =>
    new Promise((resolve, reject) => {
      user.associateSoftwareToken({ associateSecretCode: resolve, onFailure: reject });
    }),
  /** @type {(user: CognitoUser, code: string, deviceName: string) => Promise<void>} */
  verifySoftwareToken: async (user, code, deviceName) => {
    await succeeded((callbacks) => user.verifySoftwareToken(code, deviceName, callbacks));
  },
  /** @type {(user: CognitoUser, factors: { sms?: boolean, totp?: boolean }) => Promise<unknown>} */
  setUserMfaPreference: (user, { sms, totp }) => {
    /** @param {boolean | undefined} Enabled */
    const settings = (Enabled) => (Enabled === undefined ? null : { Enabled, PreferredMfa: false });
    return called((done) => user.setUserMfaPreference(settings(sms), settings(totp), done));
  },
  /** @type {(user: CognitoUser) => Promise<unknown>} */
  enableMFA: (user) => called((done) => user.enableMFA(done)),
  /** @type {(user: CognitoUser) => Promise<unknown>} */
  disableMFA: (user) => called((done) => user.disableMFA(done)),

  /** @type {(user: CognitoUser, limit: number) => Promise<{ Devices: { DeviceKey: string }[] }>} */
  listDevices: (user, limit) => succeeded((callbacks) => user.listDevices(limit, null, callbacks)),
  /** @type {(user: CognitoUser) => Promise<unknown>} */
  getDevice: (user) => succeeded((callbacks) => user.getDevice(callbacks)),
  /** @type {(user: CognitoUser) => Promise<string>} */
  forgetDevice: (user) => succeeded((callbacks) => user.forgetDevice(callbacks)),
  /** @type {(user: CognitoUser) => Promise<string>} */
  setDeviceStatusRemembered: (user) => succeeded((callbacks) => user.setDeviceStatusRemembered(callbacks)),
  /** @type {(user: CognitoUser) => Promise<string>} */
  setDeviceStatusNotRemembered: (user) => succeeded((callbacks) => user.setDeviceStatusNotRemembered(callbacks)),
};

export const operations = {
  /**
   * @type {(pool: Pool, username: string, password: string, attributes: Record<string, string>) =>
   *   Promise<{ userSub: string, userConfirmed: boolean }>}
   */
  signUp: (pool, username, password, attributes) =>
    called((done) => new CognitoUserPool(pool).signUp(username, password, attributeList(attributes), [], done)),
  /**
   * A method of a user, by its name.
   *
   * @param {UserReference} reference
   * @param {keyof typeof userOperations} name
   * @param {any[]} args
   */
  user: (reference, name, ...args) => {
    /** @type {(user: CognitoUser, ...args: any[]) => unknown} */
    const operation = userOperations[name];
    return operation(userOf(reference), ...args);
  },
};

serve(operations);
