import { generateKeyPairSync } from 'node:crypto';

import type { LocalPoolOptions } from '../../lib/testing/index.js';

let keys: LocalPoolOptions['keys'];

/** Two signing keys, generated once per test file: generating one takes 250 ms. */
export function signingKeysPem(): NonNullable<LocalPoolOptions['keys']> {
  return (keys ??= { access: newKey(), id: newKey() });
}

function newKey(): string {
  return generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();
}
