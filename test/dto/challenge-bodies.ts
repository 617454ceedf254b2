import { MISSING, type BodyCase } from './bodies.js';

import { RespondToChallengeDto } from 'mandate/dto';

const session = 'AYABeFake-session-of-a-sign-in';
const password = 'Correct-Horse-42';
const assertion = {
  id: 'AQIDBA',
  rawId: 'AQIDBA',
  type: 'public-key',
  clientExtensionResults: {},
  authenticatorAttachment: null,
  response: {
    clientDataJSON: 'eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0',
    authenticatorData: 'SZYN5YgO',
    signature: 'MEUCIQ',
    userHandle: null,
  },
};

function answering(name: string, answer: object, parameters: object = {}): BodyCase['right'] {
  return { challenge: { name, username: 'ada', session, parameters }, answer };
}

const FACTORS = { choices: ['PASSWORD', 'PASSWORD_SRP', 'EMAIL_OTP'] };

/** Every challenge that a user can answer, with every form of its answer. */
export const CHALLENGE_BODIES: readonly BodyCase[] = (
  [
    [answering('CUSTOM_CHALLENGE', { answer: 'the blue one' }, { question: 'Which one?' }), [['answer.answer', '']]],
    [
      answering('EMAIL_OTP', { code: '12345678' }, { medium: 'EMAIL', destination: 'a***@e***' }),
      [
        ['answer.code', MISSING],
        ['answer.code', '1 2'],
      ],
    ],
    [answering('SMS_OTP', { code: '12345678' }), [['answer.code', 12345678]]],
    [answering('SMS_MFA', { code: '123456' }), [['answer.code', null]]],
    [answering('SOFTWARE_TOKEN_MFA', { code: '123456' }), [['answer.code', '12345678']]],
    [
      answering('MFA_SETUP', { code: '123456', deviceName: 'phone' }, { choices: ['SOFTWARE_TOKEN_MFA'] }),
      [
        ['answer.code', MISSING],
        ['answer.code', 'abcdef'],
        ['answer.deviceName', ''],
      ],
    ],
    [
      answering('MFA_SETUP', { email: 'ada@example.com' }),
      [
        ['answer.email', 'ada'],
        ['answer.email', null],
      ],
    ],
    [
      answering('NEW_PASSWORD_REQUIRED', { password, attributes: { given_name: 'Ada' } }),
      [
        ['answer.password', MISSING],
        ['answer.password', 'short'],
        ['answer.attributes', { given_name: 1 }, 'answer.attributes.given_name'],
      ],
    ],
    [answering('PASSWORD', { password }), [['answer.password', MISSING]]],
    [answering('PASSWORD_SRP', { password }), [['answer.password', '']]],
    [
      answering('SELECT_CHALLENGE', { factor: 'PASSWORD', password }, FACTORS),
      [
        ['answer.password', MISSING],
        ['answer.factor', 'PIN'],
      ],
    ],
    [answering('SELECT_CHALLENGE', { factor: 'PASSWORD_SRP', password }, FACTORS), [['answer.password', MISSING]]],
    [
      answering('SELECT_CHALLENGE', { factor: 'EMAIL_OTP' }, FACTORS),
      [
        ['answer.factor', MISSING],
        ['answer.password', 5],
      ],
    ],
    [answering('SELECT_MFA_TYPE', { mfaType: 'SOFTWARE_TOKEN_MFA' }), [['answer.mfaType', 'TOTP']]],
    [
      answering('WEB_AUTHN', { credential: assertion }),
      [
        ['answer.credential', MISSING],
        ['answer.credential.response', 'x'],
        ['answer.credential.response.clientDataJSON', MISSING],
        ['answer.credential.response.authenticatorData', MISSING],
        ['answer.credential.response.signature', '='],
        ['answer.credential.response.userHandle', 5],
      ],
    ],
  ] as const
).map(([right, faults]) => ({ type: RespondToChallengeDto, right, faults }));

/** Faults of the challenge itself, whatever the answer. */
export const INVALID_CHALLENGE: BodyCase = {
  type: RespondToChallengeDto,
  right: {
    ...answering('EMAIL_OTP', { code: '12345678' }),
    device: {
      key: 'eu-west-1_5ac3f0d2-1111-2222-3333-444455556666',
      groupKey: '-v7w9UcY6',
      password: 'q83vEjRWeJA=',
    },
  },
  faults: [
    ['challenge', MISSING],
    ['challenge', null],
    ['challenge', 'EMAIL_OTP'],
    ['challenge', []],
    ['challenge.name', MISSING],
    ['challenge.name', 'PASSWORD_VERIFIER'],
    ['challenge.name', 'toString'],
    ['challenge.name', { name: 'EMAIL_OTP' }],
    ['challenge.username', MISSING],
    ['challenge.username', ''],
    ['challenge.session', MISSING],
    ['challenge.session', 'short'],
    ['challenge.parameters', []],
    ['answer', MISSING],
    ['answer', null],
    ['answer', '12345678'],
    ['device', 5],
    ['device.password', MISSING],
  ],
};
