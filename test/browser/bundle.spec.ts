import { gzipSync } from 'node:zlib';

import { bundleClient } from './support/bundle.js';

describe('the client as a page receives it', () => {
  let bundle: Awaited<ReturnType<typeof bundleClient>>;

  beforeAll(async () => {
    bundle = await bundleClient();
  });

  it('is smaller than 6 kB', () => {
    const { length } = gzipSync(bundle.code, { level: 9 });
    expect(length).toBeGreaterThan(2_000);
    expect(length).toBeLessThan(6_000);
  });

  it('is one file of its own code, and imports nothing', () => {
    expect(bundle.inputs.filter((path) => !path.startsWith('lib/browser/'))).toEqual([]);
    expect(bundle.code).not.toMatch(/\bimport\b|\brequire\b/);
    expect(bundle.code).toMatch(/export\{/);
  });
});
