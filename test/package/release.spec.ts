import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { removeFolder, root, writeFiles } from './packed-app.js';
import { StartedProgram } from './started-program.js';

interface Manifest {
  readonly version?: string;
  readonly repository: { readonly url: string };
  readonly packages: Record<string, { readonly version?: string }>;
}

const REPOSITORY = 'mandate-nestjs/mandate';
const TODAY = new Date().toISOString().slice(0, 10);

/** A copy of what a release reads and writes; the tools are those of the repository. */
async function copyOfRepository(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mandate-release-'));
  for (const part of ['.ci', '.changeset', '.prettierrc.json', 'CHANGELOG.md', 'package.json', 'package-lock.json']) {
    await cp(join(root, part), join(folder, part), { recursive: true });
  }
  for (const sample of await readdir(join(root, 'sample'))) {
    const manifest = join('sample', sample, 'package.json');
    await cp(join(root, manifest), join(folder, manifest)).catch(() => undefined);
  }
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  return folder;
}

describe('a release', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await copyOfRepository();
  });

  afterEach(() => removeFolder(folder));

  const text = (path: string) => readFile(join(folder, path), 'utf8');
  const json = async (path: string) => JSON.parse(await text(path)) as Manifest;

  function runScript(script: string, ...args: string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [`.ci/${script}.mjs`, ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
    return { status, stdout, faults: stderr.split('\n').filter((line) => line !== '') };
  }

  const check = (tag: string, publisher = REPOSITORY) => runScript('check-release', tag, publisher);

  /** The state after a release, with one changeset for each of the kinds. */
  async function released(version: string, ...kinds: string[]) {
    await rm(join(folder, '.changeset'), { recursive: true });
    await mkdir(join(folder, '.changeset'));
    await cp(join(root, '.changeset/config.json'), join(folder, '.changeset/config.json'));
    await writeFiles(folder, {
      'package.json': (await text('package.json')).replace(/"version": ".*"/, `"version": "${version}"`),
      'CHANGELOG.md': `# Changelog\n\nIntroduction.\n\n## ${version} - 2026-01-31\n\n- Older text.\n`,
    });
    const lock = await json('package-lock.json');
    const packages = { ...lock.packages, '': { ...lock.packages[''], version } };
    await writeFile(join(folder, 'package-lock.json'), `${JSON.stringify({ ...lock, version, packages }, null, 2)}\n`);
    for (const kind of kinds) {
      expect(runScript('changeset', kind, `What is ${kind}.`)).toMatchObject({ status: 0 });
    }
  }

  it('turns the changesets that wait in the repository into a version, and loses no text', async () => {
    const before = await text('CHANGELOG.md');
    // None waits in the commit that is released.
    const waiting = (await readdir(join(folder, '.changeset'))).filter((file) => /^(?!README).*\.md$/.test(file));
    const { status, faults } = runScript('version');
    expect({ status, faults }).toMatchObject(waiting.length > 0 ? { status: 0, faults: [] } : { status: 1 });
    const after = await text('CHANGELOG.md');
    const lost = before.split('\n').filter((line) => !/^## .* - unreleased$/.test(line) && !after.includes(line));
    expect(lost).toEqual([]);
    const { version = '' } = await json('package.json');
    expect(check(`v${version}`)).toMatchObject({ status: 0, faults: [] });
  });

  it.each([
    ['patch', '1.2.4', 'Patch changes'],
    ['minor', '1.3.0', 'Minor changes'],
    ['major', '2.0.0', 'Major changes'],
  ])('has the version and the text of a %s change', async (kind, version, title) => {
    await released('1.2.3', kind);
    expect(runScript('version').stdout).toBe(`1.2.3 -> ${version}\n`);
    expect(await text('CHANGELOG.md')).toBe(
      `# Changelog\n\nIntroduction.\n\n## ${version} - ${TODAY}\n\n### ${title}\n\n- What is ${kind}.\n\n## 1.2.3 - 2026-01-31\n\n- Older text.\n`,
    );
    expect(check(`v${version}`)).toMatchObject({ status: 0, faults: [] });
    expect(runScript('release-notes').stdout).toBe(`### ${title}\n\n- What is ${kind}.\n`);
    expect(await readdir(join(folder, '.changeset'))).toEqual(['config.json']);
  });

  it('has the version of the largest change, and the text of all', async () => {
    await released('1.2.3', 'patch', 'minor', 'patch');
    await writeFiles(folder, {
      '.changeset/long.md': `---\nmandate: patch\n---\n\nA text of two paragraphs.\n\nThe second one.\n`,
    });
    expect(runScript('version').stdout).toBe('1.2.3 -> 1.3.0\n');
    const { stdout } = runScript('release-notes');
    expect(stdout).toMatch(/^### Minor changes\n\n- What is minor\.\n\n### Patch changes\n/);
    expect(stdout.match(/^- What is patch\.$/gm)).toHaveLength(2);
    expect(stdout).toContain('- A text of two paragraphs.\n\n  The second one.\n');
  });

  it('keeps text that waits under an unreleased heading', async () => {
    await released('1.2.3', 'patch');
    const changelog = (version: string) => `# Changelog\n\n## ${version} - unreleased\n\nBy hand.\n`;
    await writeFiles(folder, { 'CHANGELOG.md': changelog('1.3.0') });
    const refused = runScript('version');
    expect(refused.status).toBe(1);
    expect(refused.faults[0]).toContain('"## 1.3.0 - unreleased", but the changesets make 1.2.4');
    expect((await json('package.json')).version).toBe('1.2.3');

    await writeFiles(folder, { 'CHANGELOG.md': changelog('1.2.4') });
    expect(runScript('version').status).toBe(0);
    expect(await text('CHANGELOG.md')).toBe(
      `# Changelog\n\n## 1.2.4 - ${TODAY}\n\nBy hand.\n\n### Patch changes\n\n- What is patch.\n`,
    );
  });

  it('changes the version of the package, in the lock file too, and nothing of the private ones', async () => {
    await released('1.2.3', 'minor');
    const sample = 'sample/01-quick-start/package.json';
    const before = {
      sample: await text(sample),
      lock: await json('package-lock.json'),
      own: await json('package.json'),
    };
    runScript('version');
    expect(await text(sample)).toBe(before.sample);
    expect(await json('package.json')).toEqual({ ...before.own, version: '1.3.0' });
    const { packages } = before.lock;
    expect(await json('package-lock.json')).toEqual({
      ...before.lock,
      version: '1.3.0',
      packages: { ...packages, '': { ...packages[''], version: '1.3.0' } },
    });
  });

  it('needs a changeset, of this package and of a known kind', async () => {
    await released('1.2.3');
    expect(runScript('version')).toMatchObject({
      status: 1,
      faults: [expect.stringContaining('There is no changeset')],
    });
    await writeFiles(folder, { '.changeset/wrong.md': `---\n'@mandate-sample/quick-start': minor\n---\n\nText.\n` });
    expect(runScript('version')).toMatchObject({
      status: 1,
      faults: [expect.stringContaining('@mandate-sample/quick-start')],
    });
    expect(runScript('changeset', 'huge', 'Text.')).toMatchObject({
      status: 1,
      faults: [expect.stringMatching(/^Usage/)],
    });
    expect(runScript('changeset', 'patch')).toMatchObject({ status: 1 });
    expect((await json('package.json')).version).toBe('1.2.3');
  });

  it.each([
    ['a version that npm does not have', 404, [], 'version=1.2.3\npublish=true\n'],
    ['no version that npm has', 200, [], 'version=1.2.3\npublish=false\n'],
    ['no version while a changeset waits', 404, ['minor'], 'version=1.2.3\npublish=false\n'],
    ['nothing when the registry does not tell', 503, [], ''],
  ])('publishes %s', async (_, status, kinds, printed) => {
    await released('1.2.3', ...kinds);
    const asked: (string | undefined)[] = [];
    const registry = createServer(({ url }, response) => {
      asked.push(url);
      response.writeHead(status).end();
    });
    await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
    const { port } = registry.address() as AddressInfo;
    const registryUrl = `http://127.0.0.1:${String(port)}/`;
    const wanted = new StartedProgram(
      folder,
      { npm_config_registry: registryUrl },
      process.execPath,
      '.ci/release/wanted.mjs',
    );
    const code = await wanted.untilEnded();
    registry.close();
    expect(asked).toEqual(kinds.length > 0 ? [] : ['/mandate/1.2.3']);
    expect({ code, printed: wanted.printed }).toEqual(
      status === 503
        ? { code: 1, printed: expect.stringContaining('The registry answers 503 for mandate 1.2.3.') }
        : { code: 0, printed },
    );
  });

  describe('is refused', () => {
    beforeEach(() => released('1.2.4'));

    it('with a tag of another version', () => {
      expect(check('v9.9.9')).toMatchObject({
        status: 1,
        faults: [expect.stringContaining('package.json has version 1.2.4')],
      });
    });

    it('by a repository that package.json does not name, for npm would refuse its provenance', () => {
      expect(check('v1.2.4', 'somebody/else')).toMatchObject({
        status: 1,
        faults: [expect.stringContaining('but this is somebody/else')],
      });
    });

    it.each(['## 1.2.4 - unreleased', '## 1.2.4', '## 1.2.4 - 2026-13-01'])(
      'with the heading "%s"',
      async (heading) => {
        const changelog = await text('CHANGELOG.md');
        await writeFile(join(folder, 'CHANGELOG.md'), changelog.replace(/^## 1\.2\.4 .*$/m, heading));
        expect(check('v1.2.4')).toMatchObject({
          status: 1,
          faults: [expect.stringContaining('"## 1.2.4 - YYYY-MM-DD"')],
        });
        expect(runScript('release-notes').status).toBe(1);
      },
    );

    it('with another version in the lock file', async () => {
      const lock = await json('package-lock.json');
      await writeFile(join(folder, 'package-lock.json'), JSON.stringify({ ...lock, version: '1.2.3' }));
      expect(check('v1.2.4')).toMatchObject({ status: 1, faults: [expect.stringContaining('package-lock.json')] });
    });

    it('with a changeset that waits', () => {
      runScript('changeset', 'patch', 'More.');
      expect(check('v1.2.4')).toMatchObject({ status: 1, faults: [expect.stringContaining('Changesets wait')] });
    });
  });
});
