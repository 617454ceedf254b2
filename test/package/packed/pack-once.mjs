import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { pack } from '../../../.ci/pack.mjs';

/** Before the suites that install the package: each would build it in the same folder. `packed-package.ts` finds it. */
export default async function packOnce() {
  const packed = await pack();
  await writeFile(join(packed.folder, 'packed.json'), JSON.stringify(packed));
  process.env.MANDATE_PACKED = packed.folder;
}
