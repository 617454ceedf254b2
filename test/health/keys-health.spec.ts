import { keysHealth } from '../../lib/health/keys-health.js';
import type { SigningKeysStatus } from '../../lib/tokens/keys/signing-keys.js';

const status = (changes: Partial<SigningKeysStatus>): SigningKeysStatus => ({
  issuer: 'https://issuer.example',
  keys: 0,
  age: undefined,
  outage: undefined,
  ...changes,
});

const fresh = status({ keys: 2, age: 5 });
const old = status({ keys: 2, age: 100, outage: 50 });
const fixed = status({ keys: 2 });
const unasked = status({});
const failing = status({ outage: 7 });

describe('keysHealth', () => {
  it.each([
    ['nothing was asked for yet', [unasked, unasked], true, { keys: 0 }],
    ['keys are given and never fetched', [fixed], true, { keys: 2 }],
    ['one of two issuers has keys', [fresh, unasked], true, { keys: 2, age: 5 }],
    ['a forged token made the other issuer fail', [fresh, failing], true, { keys: 2, age: 5 }],
    ['old keys serve through an outage', [old, unasked], true, { keys: 2, age: 100, outage: 50 }],
    ['no key can be had', [failing, unasked], false, { keys: 0, outage: 7 }],
  ])('judges when %s', (_, issuers, isUp, details) => {
    expect(keysHealth(issuers)).toEqual({ isUp, details });
  });

  it('counts the age of keys only while they cannot be fetched anew', () => {
    expect(keysHealth([old], 100).isUp).toBe(true);
    expect(keysHealth([old], 99).isUp).toBe(false);
    expect(keysHealth([status({ keys: 2, age: 1_000 })], 99).isUp).toBe(true);
  });
});
