import type { AuthApiRoute } from '../../../../lib/http/api/auth-api-routes.js';
import type { AuthApiDelivery } from '../../../../lib/http/index.js';
import type { BodyRules } from './mutations.js';

/** A valid body of a route. The values that are secret begin with "Sent-". */
export interface ValidBody extends BodyRules {
  readonly route: AuthApiRoute;
  readonly body: object;
  /** Default: both. */
  readonly only?: AuthApiDelivery;
  /** In which of several bodies of the route this is the one. */
  readonly variant?: string;
}

const PASSWORD = 'Sent-Password-9';
const SESSION = 'Sent-Session-0123456789';
const DEVICE = { key: 'us-east-1_0a1b2c3d', groupKey: '-group', password: 'Sent-Device-Password' };
const NEW_DEVICE = { key: DEVICE.key, groupKey: DEVICE.groupKey };
const ATTRIBUTES = { email: 'sent@example.com' };
const ASSERTION = {
  id: 'Sent-Id',
  rawId: 'Sent-Id',
  type: 'public-key',
  response: { clientDataJSON: 'Sent-Client', authenticatorData: 'Sent-Data', signature: 'Sent-Signature' },
};
const ATTESTATION = { ...ASSERTION, response: { clientDataJSON: 'Sent-Client', attestationObject: 'Sent-Object' } };
const BASE64_MEMBERS = ['id', 'rawId', 'response.clientDataJSON', 'response.authenticatorData', 'response.signature'];

/** The answer to each challenge. */
const ANSWERS: readonly (BodyRules & { readonly name: string; readonly answer: object })[] = [
  { name: 'EMAIL_OTP', answer: { code: 'Sent-Code' } },
  { name: 'SMS_MFA', answer: { code: 'Sent-Code' } },
  { name: 'SOFTWARE_TOKEN_MFA', answer: { code: '123456' } },
  { name: 'PASSWORD_SRP', answer: { password: PASSWORD } },
  { name: 'SELECT_MFA_TYPE', answer: { mfaType: 'SMS_MFA' } },
  { name: 'SELECT_CHALLENGE', answer: { factor: 'PASSWORD', password: PASSWORD } },
  { name: 'CUSTOM_CHALLENGE', answer: { answer: 'Sent-Answer' }, unlimited: ['answer.answer'] },
  { name: 'MFA_SETUP', answer: { code: '123456', deviceName: 'phone' }, optional: ['answer.deviceName'] },
  {
    name: 'NEW_PASSWORD_REQUIRED',
    answer: { password: PASSWORD, attributes: ATTRIBUTES },
    optional: ['answer.attributes'],
    opaque: ['answer.attributes'],
  },
  {
    name: 'WEB_AUTHN',
    answer: { credential: ASSERTION },
    unlimited: BASE64_MEMBERS.map((member) => `answer.credential.${member}`),
  },
];

const RESPONSES = ANSWERS.flatMap(({ name, answer, optional = [], ...rules }): ValidBody[] => [
  { route: 'respond', variant: name, only: 'cookie', body: { name, answer }, optional, ...rules },
  {
    route: 'respond',
    variant: name,
    only: 'body',
    body: { challenge: { name, username: 'ann', session: SESSION, parameters: {} }, answer, device: DEVICE },
    optional: ['challenge.parameters', 'device', ...optional],
    ...rules,
    opaque: ['challenge.parameters', ...(rules.opaque ?? [])],
  },
]);

/** A valid body of each route that has one. */
export const VALID_BODIES: readonly ValidBody[] = [
  {
    route: 'register',
    body: { username: 'ann', password: PASSWORD, attributes: ATTRIBUTES },
    optional: ['attributes'],
    opaque: ['attributes'],
  },
  { route: 'confirm', only: 'cookie', body: { username: 'ann', code: 'Sent-Code' } },
  {
    route: 'confirm',
    only: 'body',
    body: { username: 'ann', code: 'Sent-Code', session: SESSION },
    optional: ['session'],
  },
  { route: 'resendCode', body: { username: 'ann' } },
  { route: 'authenticate', only: 'cookie', body: { username: 'ann', password: PASSWORD } },
  {
    route: 'authenticate',
    only: 'body',
    body: { username: 'ann', password: PASSWORD, device: DEVICE },
    optional: ['device'],
  },
  ...RESPONSES,
  {
    route: 'setUpTotp',
    only: 'body',
    body: { challenge: { name: 'MFA_SETUP', username: 'ann', session: SESSION, parameters: {} } },
    optional: ['challenge.parameters'],
    opaque: ['challenge.parameters'],
  },
  {
    route: 'renew',
    only: 'body',
    body: { refreshToken: 'Sent-Refresh', accessToken: 'Sent-Access', deviceKey: DEVICE.key },
    optional: ['accessToken', 'deviceKey'],
    unlimited: ['refreshToken', 'accessToken'],
  },
  { route: 'logout', only: 'cookie', body: { everywhere: true }, optional: ['everywhere'] },
  {
    route: 'logout',
    only: 'body',
    body: { refreshToken: 'Sent-Refresh', everywhere: false },
    optional: ['everywhere'],
    unlimited: ['refreshToken'],
  },
  { route: 'forgotPassword', body: { username: 'ann' } },
  { route: 'confirmForgotPassword', body: { username: 'ann', code: 'Sent-Code', password: PASSWORD } },
  { route: 'updateMe', body: { attributes: ATTRIBUTES }, opaque: ['attributes'] },
  { route: 'sendVerification', body: { attribute: 'email' }, optional: ['attribute'] },
  { route: 'validateVerification', body: { code: 'Sent-Code', attribute: 'email' }, optional: ['attribute'] },
  {
    route: 'changePassword',
    body: { previousPassword: PASSWORD, proposedPassword: PASSWORD },
    optional: ['previousPassword'],
  },
  {
    route: 'setMfa',
    body: { sms: { enabled: true, preferred: false }, passkey: { enabled: true } },
    optional: ['sms', 'sms.preferred', 'passkey'],
  },
  { route: 'verifyTotp', body: { code: '123456', deviceName: 'phone' }, optional: ['deviceName'] },
  { route: 'confirmDevice', only: 'cookie', body: { name: 'laptop' }, optional: ['name'] },
  { route: 'confirmDevice', only: 'body', body: { newDevice: NEW_DEVICE, name: 'laptop' }, optional: ['name'] },
  { route: 'updateDevice', body: { remembered: true } },
  {
    route: 'completePasskey',
    body: { credential: ATTESTATION },
    unlimited: [...BASE64_MEMBERS, 'response.attestationObject'].map((member) => `credential.${member}`),
  },
];
