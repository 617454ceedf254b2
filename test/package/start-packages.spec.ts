import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { isInstalled, libcOf, neededPackages, runsOn } from '../../.ci/start/needed-packages.mjs';
import { partOfLockFile } from '../../.ci/start/npm-ci.mjs';
import { Progress } from '../../.ci/start/progress.mjs';
import { root } from './packed-app.js';

const PACKAGES = {
  '': { version: '1.0.0', dependencies: { sdk: '1' }, devDependencies: { jest: '1' }, peerDependencies: { nest: '1' } },
  'sample/a': { dependencies: { mandate: 'file:../..', nest: '1' } },
  'sample/b': { dependencies: { other: '1' } },
  'node_modules/mandate': { link: true, resolved: '' },
  'node_modules/sdk': { version: '1.0.0', dependencies: { tool: '1' } },
  'node_modules/sdk/node_modules/tool': { version: '1.5.0' },
  'node_modules/tool': { version: '2.0.0' },
  'node_modules/nest': {
    version: '3.0.0',
    peer: true,
    dev: true,
    dependencies: { tool: '2' },
    peerDependencies: { rxjs: '7', optional: '1' },
    peerDependenciesMeta: { optional: { optional: true } },
    optionalDependencies: { '@native/linux': '1', absent: '1' },
  },
  'node_modules/rxjs': { version: '7.0.0' },
  'node_modules/optional': { version: '1.0.0' },
  'node_modules/@native/linux': { version: '1.0.0', devOptional: true },
  'node_modules/jest': { version: '1.0.0', dev: true },
  'node_modules/other': { version: '1.0.0' },
};
const NEEDED = [
  'node_modules/@native/linux',
  'node_modules/nest',
  'node_modules/rxjs',
  'node_modules/sdk',
  'node_modules/sdk/node_modules/tool',
  'node_modules/tool',
];

describe('the packages that npm start installs', () => {
  it('are those of the sample and of the package, with what they need, and not the tools', () => {
    expect(neededPackages(PACKAGES, ['sample/a'])).toEqual(NEEDED);
  });

  it.each([
    [{ 'node_modules/nest': { version: '3.0.0' } }, 'node_modules/nest', true],
    [{ 'node_modules/nest': { version: '2.0.0' } }, 'node_modules/nest', false],
    [{}, 'node_modules/nest', false],
    [{}, 'node_modules/@native/linux', true],
    [{ 'node_modules/@native/linux': { version: '0.9.0' } }, 'node_modules/@native/linux', false],
  ])('with %j installed, %s counts as installed: %s', (installed, path, expected) => {
    expect(isInstalled(PACKAGES, installed, path)).toBe(expected);
  });

  it.each([
    ['node_modules/a', {}, true],
    ['node_modules/a-darwin', { os: ['darwin'] }, false],
    ['node_modules/a-linux-x64-gnu', { os: ['linux'], cpu: ['x64'] }, true],
    ['node_modules/a-linux-x64-musl', { os: ['linux'], cpu: ['x64'] }, false],
    ['node_modules/a-linux-arm64-gnu', { os: ['linux'], cpu: ['arm64'] }, false],
    ['node_modules/a', { os: ['!win32'] }, true],
    ['node_modules/a', { os: ['!linux'] }, false],
  ])('%s with %j runs on Linux with glibc on x64: %s', (path, entry, expected) => {
    expect(runsOn(path, entry, { platform: 'linux', arch: 'x64', libc: 'glibc' })).toBe(expected);
  });

  it('takes no package for one of a C library by its name alone', () => {
    expect(libcOf('node_modules/not-gnu', {})).toBeUndefined();
  });

  it('are asked for with the entries of the lock file', () => {
    const { manifest, lockFile } = partOfLockFile(PACKAGES, NEEDED, 'https://registry.example.com/');
    expect(manifest.dependencies).toEqual({ nest: '3.0.0', rxjs: '7.0.0', sdk: '1.0.0', tool: '2.0.0' });
    const part = JSON.parse(JSON.stringify(lockFile.packages)) as Record<string, object>;
    expect(Object.keys(part)).toEqual(['', ...NEEDED]);
    expect(part['node_modules/sdk']).toEqual(PACKAGES['node_modules/sdk']);
    expect(part['node_modules/nest']).not.toHaveProperty('dev');
    expect(part['node_modules/@native/linux']).toEqual({ version: '1.0.0', optional: true });
  });

  it('come from their addresses in the public registry, of which another may have others', () => {
    const { packages } = partOfLockFile(PACKAGES, NEEDED, 'https://registry.npmjs.org/').lockFile;
    expect(packages['node_modules/@native/linux']).toMatchObject({
      resolved: 'https://registry.npmjs.org/@native/linux/-/linux-1.0.0.tgz',
    });
  });

  it('lie side by side for the quick start, so that npm need not know the workspaces', () => {
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      packages: typeof PACKAGES;
    };
    const needed = neededPackages(packages, ['sample/01-quick-start', 'node_modules/@swc/core']);
    expect(needed.length).toBeGreaterThan(100);
    expect(needed.filter((path) => !path.startsWith('node_modules/'))).toEqual([]);
  });
});

describe('the progress of npm start', () => {
  const progressOn = (stream: { isTTY?: boolean; columns?: number }) => {
    let [written, now] = ['', 0];
    const write = (text: string) => {
      written += text;
    };
    const progress = new Progress({ ...stream, write }, () => now);
    const goOn = (milliseconds: number) => {
      now += milliseconds;
    };
    return { progress, goOn, written: () => written };
  };

  it('is one line that moves on a terminal', () => {
    const { progress, goOn, written } = progressOn({ isTTY: true, columns: 20 });
    progress.update('Installing: 1 of 177 packages');
    goOn(1500);
    progress.say(`Installed in ${progress.since(0)}.`);
    expect(written()).toBe('\r\u001B[KInstalling: 1 of 17\r\u001B[KInstalled in 1.5 s.\n');
  });

  it('is a line every five seconds elsewhere', () => {
    const { progress, goOn, written } = progressOn({});
    progress.say('Installing ...');
    for (let second = 1; second <= 12; second++) {
      goOn(1000);
      progress.update(`${String(second)} s`);
    }
    expect(written()).toBe('Installing ...\n5 s\n10 s\n');
  });
});
