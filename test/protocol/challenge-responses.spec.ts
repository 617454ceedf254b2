import type { ChallengeAnswers, ChallengeName, ChallengeOf } from '../../lib/protocol/challenge.js';
import { type AnswerContext, RESPONDERS } from '../../lib/protocol/challenge-responses.js';
import { integerFromHex, integerToHex } from '../../lib/protocol/srp/integers.js';
import { modularPower } from '../../lib/protocol/srp/modular-power.js';
import { createServerKeyPair, createVerifier } from '../../lib/protocol/srp/server.js';

const context: AnswerContext = {
  realm: 'abcdEFGH1',
  now: new Date(Date.UTC(2026, 10, 3, 4, 5, 6)),
  clientPublic: () => 'srp-a',
  encodeAttributes: (attributes) => Object.entries(attributes).map(([Name, Value]) => ({ Name, Value: String(Value) })),
};

const device = { key: 'device-key', groupKey: 'group-key', password: 'device-password' };

function respond<Name extends ChallengeName>(
  name: Name,
  answer: ChallengeAnswers[Name],
  parameters: object = {},
): Readonly<Record<string, string>> {
  const challenge = { name, username: 'ann', parameters } as unknown as ChallengeOf<Name>;
  return RESPONDERS[name](answer, challenge, context);
}

describe('the answer to a challenge', () => {
  it('is named as Cognito names it', () => {
    expect(respond('ADMIN_NO_SRP_AUTH', { password: 'pw' })).toEqual({ PASSWORD: 'pw' });
    expect(respond('CUSTOM_CHALLENGE', { answer: '42' })).toEqual({ ANSWER: '42' });
    expect(respond('DEVICE_SRP_AUTH', { device })).toEqual({ DEVICE_KEY: 'device-key', SRP_A: 'srp-a' });
    expect(respond('EMAIL_OTP', { code: '1' })).toEqual({ EMAIL_OTP_CODE: '1' });
    expect(respond('MFA_SETUP', { code: '1' })).toEqual({});
    expect(respond('MFA_SETUP', { email: 'a@example.com' })).toEqual({ EMAIL: 'a@example.com' });
    expect(respond('PASSWORD', { password: 'pw' })).toEqual({ PASSWORD: 'pw' });
    expect(respond('PASSWORD_SRP', { password: 'pw' })).toEqual({ SRP_A: 'srp-a' });
    expect(respond('SELECT_CHALLENGE', { factor: 'EMAIL_OTP' })).toEqual({ ANSWER: 'EMAIL_OTP' });
    expect(respond('SELECT_CHALLENGE', { factor: 'PASSWORD', password: 'pw' })).toEqual({
      ANSWER: 'PASSWORD',
      PASSWORD: 'pw',
    });
    expect(respond('SELECT_CHALLENGE', { factor: 'PASSWORD_SRP', password: 'pw' })).toEqual({
      ANSWER: 'PASSWORD_SRP',
      SRP_A: 'srp-a',
    });
    expect(respond('SELECT_MFA_TYPE', { mfaType: 'SMS_MFA' })).toEqual({ ANSWER: 'SMS_MFA' });
    expect(respond('SMS_MFA', { code: '1' })).toEqual({ SMS_MFA_CODE: '1' });
    expect(respond('SMS_OTP', { code: '1' })).toEqual({ SMS_OTP_CODE: '1' });
    expect(respond('SOFTWARE_TOKEN_MFA', { code: '1' })).toEqual({ SOFTWARE_TOKEN_MFA_CODE: '1' });
  });

  it('gives attributes their prefix back', () => {
    expect(respond('NEW_PASSWORD_REQUIRED', { password: 'pw', attributes: { name: 'Ann' } })).toEqual({
      NEW_PASSWORD: 'pw',
      'userAttributes.name': 'Ann',
    });
  });

  it('sends a credential as JSON text', () => {
    const credential = {
      id: 'id',
      rawId: 'id',
      type: 'public-key',
      response: { clientDataJSON: 'a', authenticatorData: 'b', signature: 'c' },
    };

    expect(JSON.parse(respond('WEB_AUTHN', { credential })['CREDENTIAL'] ?? '')).toEqual(credential);
  });

  /** The vector: A = g^a with a = 11 x 128, B from b = 22 x 32, and what both sides make of them. */
  it('proves the password as the vector says', () => {
    const identity = { realm: 'abcdEFGH1', userId: '3f1c2b9e-0000-4000-8000-00000000abcd' };
    const secret = integerFromHex('11'.repeat(128));
    const keyPair = { secret, publicHex: integerToHex(modularPower(2n, secret)) };
    const { verifierHex } = createVerifier(identity, 'Correct-Horse-9', 'f1e2d3c4b5a69788796a5b4c3d2e1f0');
    const serverPublic = createServerKeyPair(verifierHex, (size) => Buffer.alloc(size, 0x22)).publicHex;

    const responses = respond(
      'PASSWORD_VERIFIER',
      { password: 'Correct-Horse-9', keyPair },
      {
        salt: 'f1e2d3c4b5a69788796a5b4c3d2e1f0',
        serverPublic,
        secretBlock: 'c2VjcmV0LWJsb2NrLWJ5dGVz',
        userId: identity.userId,
      },
    );

    expect(responses).toEqual({
      PASSWORD_CLAIM_SECRET_BLOCK: 'c2VjcmV0LWJsb2NrLWJ5dGVz',
      PASSWORD_CLAIM_SIGNATURE: 'HD1JnGumUMp81VlIkgmbePiiXt4p40iAmrm18KtdeFE=',
      TIMESTAMP: 'Tue Nov 3 04:05:06 UTC 2026',
    });
  });
});
