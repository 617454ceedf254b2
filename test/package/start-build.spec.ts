import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { BUNDLER, readSources, saveRecord } from '../../.ci/start/build-record.mjs';
import { build } from '../../.ci/start/build.mjs';
import { Progress } from '../../.ci/start/progress.mjs';
import { removeFolder, root as repository, writeFiles } from './packed-app.js';

describe('the build of npm start', () => {
  let root: string;
  let said: string;

  const file = (path: string) => join(root, path);
  const project = () => ({ root, folder: '', sources: 'lib', name: 'mandate' });
  /** Whether it has compiled. */
  const builds = async (): Promise<boolean> => {
    said = '';
    const stream = {
      write: (text: string) => {
        said += text;
      },
    };
    await build(project(), new Progress(stream, () => 0));
    return said.includes('Compiled mandate');
  };

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'mandate-build-'));
    await writeFiles(root, {
      'lib/index.ts': "export { Cat } from './pets/cat.js';\n",
      'lib/pets/cat.ts':
        'import type { Food } from "./food.js";\nconst mark = (_: unknown, __: string) => undefined;\n' +
        'export class Cat {\n  @mark declare name: string;\n  eat(food: Food): Food {\n    return food;\n  }\n}\n',
      'lib/pets/food.ts': 'export interface Food {\n  readonly name: string;\n}\n',
    });
    await symlink(join(repository, 'node_modules'), file('node_modules'), 'junction');
  });

  afterEach(async () => {
    await rm(file('node_modules'));
    await removeFolder(root);
  });

  it('makes ES modules with the metadata of decorators and source maps', async () => {
    expect(await builds()).toBe(true);
    const [index, cat] = await Promise.all([
      readFile(file('dist/index.js'), 'utf8'),
      readFile(file('dist/pets/cat.js'), 'utf8'),
    ]);
    expect(index).toContain("export { Cat } from './pets/cat.js'");
    expect(cat).toContain('"design:type", String');
    expect(cat).not.toContain('food.js');
    expect(cat).toMatch(/\/\/# sourceMappingURL=cat\.js\.map\n$/);
    const map = JSON.parse(await readFile(file('dist/pets/cat.js.map'), 'utf8')) as { sources: string[] };
    expect(map.sources).toEqual([file('lib/pets/cat.ts')]);
  });

  it('builds once, whatever the time of the sources', async () => {
    expect(await builds()).toBe(true);
    expect(await builds()).toBe(false);
    const later = new Date(Date.now() + 60_000);
    await utimes(file('lib/index.ts'), later, later);
    expect(await builds()).toBe(false);
    expect(said).toBe('');
  });

  it.each<[string, () => Promise<unknown>]>([
    ['a source has changed', () => writeFile(file('lib/pets/food.ts'), 'export type Food = string;\n')],
    ['a source is new', () => writeFile(file('lib/pets/dog.ts'), 'export const dog = 1;\n')],
    ['a source is gone', () => rm(file('lib/pets/food.ts'))],
    ['an output is gone', () => rm(file('dist/pets/cat.js'))],
    ['an output was written by something else', () => writeFile(file('dist/index.js'), '// half a fi')],
    ['there is an output of something else', () => writeFile(file('dist/other.js'), '')],
    ['all outputs are gone', () => rm(file('dist'), { recursive: true })],
    ['the last build did not finish', () => rm(file('.start/mandate.json'))],
    ['the record is half written', () => writeFile(file('.start/mandate.json'), '{"compiler":')],
  ])('builds again when %s', async (_, change) => {
    await builds();
    await change();
    expect(await builds()).toBe(true);
    expect(await readFile(file('dist/index.js'), 'utf8')).toContain('Cat');
    expect(existsSync(file('dist/other.js'))).toBe(false);
    expect(existsSync(file('dist/pets/food.js'))).toBe(existsSync(file('lib/pets/food.ts')));
    expect(await builds()).toBe(false);
  });

  it('does not take a build that has failed for one that has not', async () => {
    await builds();
    await writeFile(file('lib/pets/food.ts'), 'export const food = ;\n');
    const place = /lib\/pets\/food\.ts cannot be compiled:[\s\S]*Expression expected/;
    await expect(builds()).rejects.toThrow(place);
    await expect(builds()).rejects.toThrow(place);
  });

  it('uses what npm run build has made, until a source changes, and keeps its declarations then', async () => {
    await writeFiles(root, { 'dist/index.js': 'bundled', 'dist/chunks/a.js': 'bundled', 'dist/index.d.ts': 'types' });
    saveRecord(project(), readSources(project()), BUNDLER);
    expect(await builds()).toBe(false);
    await writeFile(file('lib/pets/food.ts'), 'export type Food = string;\n');
    expect(await builds()).toBe(true);
    expect(existsSync(file('dist/chunks/a.js'))).toBe(false);
    expect(await readFile(file('dist/index.d.ts'), 'utf8')).toBe('types');
  });
});
