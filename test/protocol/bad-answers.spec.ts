import { startOfFlow } from '../../lib/protocol/auth-flow.js';
import type { ChallengeName } from '../../lib/protocol/challenge.js';
import { type AnswerContext, RESPONDERS } from '../../lib/protocol/challenge-responses.js';
import { createClientKeyPair } from '../../lib/protocol/srp/client.js';

const context: AnswerContext = {
  realm: 'abcdEFGH1',
  now: new Date(0),
  clientPublic: () => 'srp-a',
  encodeAttributes: () => [],
};

const keyPair = createClientKeyPair();
const device = { key: 'device-key', groupKey: 'group-key', password: 'device-password' };
const parameters = { salt: '0a', serverPublic: '0b', secretBlock: 'AAAA', userId: 'ann' };

function respond(name: ChallengeName, answer: object, changes: object = {}): unknown {
  const challenge = { name, username: 'ann', parameters: { ...parameters, ...changes } };
  return RESPONDERS[name](answer as never, challenge as never, context);
}

const refused = (argument: string): Error =>
  expect.objectContaining({ name: 'MandateArgumentError', code: 'ARGUMENT_INVALID', argument }) as Error;

describe('an answer by SRP', () => {
  it('is made of whole parts', () => {
    expect(respond('PASSWORD_VERIFIER', { password: 'pw', keyPair })).toHaveProperty('PASSWORD_CLAIM_SIGNATURE');
    expect(respond('DEVICE_PASSWORD_VERIFIER', { device, keyPair })).toHaveProperty('PASSWORD_CLAIM_SIGNATURE');
  });

  it.each<[ChallengeName, object, string]>([
    ['PASSWORD_VERIFIER', { keyPair }, 'answer.password'],
    ['PASSWORD_VERIFIER', { password: 'pw' }, 'answer.keyPair'],
    ['PASSWORD_VERIFIER', { password: 'pw', keyPair: 'pair' }, 'answer.keyPair'],
    ['PASSWORD_VERIFIER', { password: 'pw', keyPair: { publicHex: '0a' } }, 'answer.keyPair.secret'],
    ['PASSWORD_VERIFIER', { password: 'pw', keyPair: { ...keyPair, secret: '1' } }, 'answer.keyPair.secret'],
    ['PASSWORD_VERIFIER', { password: 'pw', keyPair: { ...keyPair, publicHex: 7 } }, 'answer.keyPair.publicHex'],
    ['PASSWORD_VERIFIER', { password: 'pw', keyPair: { ...keyPair, publicHex: 'xyz' } }, 'answer.keyPair.publicHex'],
    ['DEVICE_PASSWORD_VERIFIER', {}, 'device'],
    ['DEVICE_PASSWORD_VERIFIER', { device: {}, keyPair }, 'device.key'],
    ['DEVICE_PASSWORD_VERIFIER', { device }, 'answer.keyPair'],
    ['DEVICE_SRP_AUTH', {}, 'device'],
  ])('to %s is refused without a part: %p', (name, answer, argument) => {
    expect(() => respond(name, answer)).toThrow(refused(argument));
  });

  it.each<[ChallengeName, string]>([
    ['PASSWORD_VERIFIER', 'salt'],
    ['PASSWORD_VERIFIER', 'serverPublic'],
    ['PASSWORD_VERIFIER', 'secretBlock'],
    ['PASSWORD_VERIFIER', 'userId'],
    ['DEVICE_PASSWORD_VERIFIER', 'secretBlock'],
  ])('to %s is refused when the challenge lost its %s', (name, parameter) => {
    const answer = { password: 'pw', device, keyPair };
    expect(() => respond(name, answer, { [parameter]: undefined })).toThrow(
      refused(`challenge.parameters.${parameter}`),
    );
  });
});

describe('a sign-in by a factor of choice', () => {
  const start = (changes: object) => (): unknown =>
    startOfFlow({ flow: 'USER_AUTH', username: 'ann', ...changes }, () => 'srp-a');

  it('takes the levels to reach and the age of the sign-in', () => {
    expect(start({ targetAcrValues: ['mfa', 'passkey'], maxAgeSeconds: 0, accessToken: 'token' })()).toMatchObject({
      parameters: { TARGET_ACR_VALUES: 'mfa passkey', MAX_AGE: '0', ACCESS_TOKEN: 'token' },
    });
  });

  it.each([
    [{ targetAcrValues: 'mfa' }, 'targetAcrValues'],
    [{ targetAcrValues: [7] }, 'targetAcrValues'],
    [{ targetAcrValues: [''] }, 'targetAcrValues'],
    [{ targetAcrValues: null }, 'targetAcrValues'],
    [{ maxAgeSeconds: '300' }, 'maxAgeSeconds'],
    [{ maxAgeSeconds: -1 }, 'maxAgeSeconds'],
    [{ maxAgeSeconds: Number.NaN }, 'maxAgeSeconds'],
    [{ maxAgeSeconds: null }, 'maxAgeSeconds'],
    [{ session: {} }, 'session'],
    [{ preferredChallenge: {} }, 'preferredChallenge'],
  ])('is refused with %p', (changes, argument) => {
    expect(start(changes)).toThrow(refused(argument));
  });
});
