import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const { version, repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string;
  repository: { url: string };
};
const [, name = ''] = /github\.com\/(.+)\.git$/.exec(repository.url) ?? [];

function check(tag: string, publisher: string) {
  const { status, stderr } = spawnSync(process.execPath, ['.ci/check-release.mjs', tag, publisher], {
    cwd: root,
    encoding: 'utf8',
  });
  return { status, faults: stderr.split('\n').filter((line) => line !== '' && !line.includes('CHANGELOG.md')) };
}

describe('the check before a release', () => {
  it('finds no fault in a tag of the version and the repository of package.json', () => {
    expect(check(`v${version}`, name).faults).toEqual([]);
  });

  it('refuses a tag of another version', () => {
    const { status, faults } = check('v9.9.9', name);
    expect(status).toBe(1);
    expect(faults).toEqual([expect.stringContaining(`package.json has version ${version}`)]);
  });

  it('refuses a repository that package.json does not name, for npm would refuse its provenance', () => {
    const { status, faults } = check(`v${version}`, 'somebody/else');
    expect(status).toBe(1);
    expect(faults).toEqual([expect.stringContaining('but this is somebody/else')]);
  });
});
