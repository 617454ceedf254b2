import type { LocalPoolOptions } from '../../lib/testing/index.js';
import { RSA_2048 } from '../support/fixtures/rsa-keys.js';

const [access = '', id = ''] = RSA_2048;

/** Signing keys of a pool. Without them a pool generates two, which takes half a second. */
export function signingKeysPem(): NonNullable<LocalPoolOptions['keys']> {
  return { access, id };
}
