import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Packed } from '../../../.ci/pack.mjs';

/** The package as npm would publish it. `pack-once.mjs` has packed it before the suites. */
export function packedPackage(): Packed {
  return JSON.parse(readFileSync(join(process.env['MANDATE_PACKED'] ?? '', 'packed.json'), 'utf8')) as Packed;
}
