import { generateKeyPairSync } from 'node:crypto';

import type { LocalPoolOptions } from '../../lib/testing/index.js';

let keys: LocalPoolOptions['keys'];

/** Two signing keys, generated once per test file, because a key takes a quarter of a second. */
export function signingKeysPem(): NonNullable<LocalPoolOptions['keys']> {
  return (keys ??= { access: newKey(), id: newKey() });
}

function newKey(): string {
  return generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();
}
