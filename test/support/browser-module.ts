import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { bundleClient } from '../browser/support/bundle.js';

/** Builds `mandate/browser` from its source. Returns a new folder with the one module that pages load, `index.js`. */
export async function buildBrowserModule(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mandate-browser-'));
  await writeFile(join(folder, 'index.js'), (await bundleClient()).code);
  return folder;
}
