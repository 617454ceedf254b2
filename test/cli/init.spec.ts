import { lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { writeFiles } from '../package/packed-app.js';
import { freshApp } from '../scaffold/fresh-app.js';
import { ROOT, runCommand } from './run-command.js';

describe('mandate init', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'mandate-init-'));
    await writeFiles(directory, Object.fromEntries(freshApp().files));
    await symlink(join(ROOT, 'node_modules'), join(directory, 'node_modules'), 'junction');
  });

  afterEach(() => rm(directory, { recursive: true }));

  const init = (...args: string[]) => runCommand(['init', ...args], {}, directory);
  /** Installs the packages as far as they are looked for. */
  const install = async () => {
    await rm(join(directory, 'node_modules'));
    const manifest = JSON.parse(await readFile(join(directory, 'package.json'), 'utf8')) as Record<string, object>;
    const names = Object.keys({ ...manifest['dependencies'], ...manifest['devDependencies'] });
    await writeFiles(directory, Object.fromEntries(names.map((name) => [`node_modules/${name}/package.json`, '{}'])));
    await symlink(join(ROOT, 'node_modules/typescript'), join(directory, 'node_modules/typescript'), 'junction');
  };
  const files = async () =>
    Promise.all(
      (await readdir(directory, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map(async (entry) => [entry.name, await readFile(join(entry.parentPath, entry.name), 'utf8')]),
    );

  it('sets the application in the folder up, once', async () => {
    const { code, output, errors } = await init('--skip-install', '--api', 'cookie');
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(output).toContain('CREATE src/me.controller.ts\n');
    expect(output).toMatch(/Packages that are not installed: @nestjs\/config, .*\nInstall them with: npm install/);
    expect(output).toMatch(/Next, each in a terminal of its own:\n {2}npx mandate local\n {2}npm run start:dev/);
    const env = await readFile(join(directory, '.env'), 'utf8');
    expect(env).toMatch(/^SESSION_SECRET=[\w-]{43}$/m);
    // A secret is not printed.
    expect(output).not.toContain(/SESSION_SECRET=(.*)/.exec(env)?.[1]);
    await install();
    const written = await files();
    const again = await init('--skip-install', '--api', 'cookie');
    expect(again.output).toContain('Nothing to change: the application is set up with mandate already.');
    expect(await files()).toEqual(written);
  });

  it('names the packages of an installation that failed', async () => {
    await init('--skip-install');
    await install();
    await rm(join(directory, 'node_modules/@nestjs/passport'), { recursive: true });
    const { code, output } = await init('--skip-install');
    expect(code).toBe(0);
    expect(output).toMatch(/^Packages that are not installed: @nestjs\/passport\nInstall them with: npm install\n/);
    expect(output).not.toContain('Nothing to change');
  });

  it('takes an absolute path of the root module', async () => {
    const { code, output } = await init('--dry-run', '--path', join(directory, 'src/app.module.ts'));
    expect(code).toBe(0);
    expect(output).toContain('UPDATE src/app.module.ts: ');
  });

  it('takes the packages and the package manager of the workspace above', async () => {
    const app = join(directory, 'apps/api');
    await writeFiles(app, Object.fromEntries(freshApp().files));
    await writeFiles(directory, { 'pnpm-lock.yaml': '' });
    const initApp = () => runCommand(['init', '--skip-install', '--api', 'none'], {}, app);
    const { output } = await initApp();
    expect(output).toContain('Install them with: pnpm install');
    expect(output).toContain('  pnpm run start:dev');
    await writeFiles(directory, { 'apps/package.json': '{"packageManager":"yarn@4.1.0"}' });
    expect((await initApp()).output).toContain('yarn run start:dev');
    // Nothing outside of the repository counts.
    await mkdir(join(app, '.git'));
    expect((await initApp()).output).toContain('npm run start:dev');
  });

  it('writes nothing in a dry run', async () => {
    const before = await files();
    const { code, output } = await init('--dry-run');
    expect(code).toBe(0);
    expect(output).toMatch(/UPDATE src\/app\.module\.ts: [\s\S]*This was a dry run: nothing has been written\.$/);
    expect(await files()).toEqual(before);
  });

  it('prints the code to paste, where the compiler is missing', async () => {
    await rm(join(directory, 'node_modules'));
    const { code, output } = await init('--skip-install');
    expect(code).toBe(0);
    expect(output).toContain('BY HAND src/app.module.ts: The package typescript is not installed here');
    expect(output).toContain('      MandateModule.forRootAsync({\n');
  });

  it.each([
    [['--path', 'src/none.ts'], 'mandate: There is no file src/none.ts, which --path names.'],
    [['--project', 'web'], 'mandate: nest-cli.json has no project "web". It has: none.'],
  ])('refuses %j in one line, and writes nothing', async (args, message) => {
    const before = await files();
    expect(await init(...args)).toEqual({ code: 2, output: '', errors: message });
    expect(await files()).toEqual(before);
  });

  describe('a file that cannot be read or written', () => {
    const at = (path: string) => join(directory, path);

    it.each<[string, () => Promise<unknown>, string]>([
      ['a folder in place of .env', () => mkdir(at('.env')), '.env cannot be read: it is a folder (EISDIR).'],
      [
        'a link to nowhere',
        () => symlink(at('none/.env'), at('.env')),
        '.env cannot be written: it is a symbolic link to a folder that does not exist (ENOENT). Nothing has been changed.',
      ],
      [
        'a file in place of the folder of the tests',
        async () => {
          await rm(at('test'), { recursive: true });
          await writeFile(at('test'), '');
        },
        'test/auth.e2e-spec.ts cannot be written: a file is where its folder should be (EEXIST). Nothing has been changed.',
      ],
    ])('leaves all files as they were: %s', async (_, arrange, message) => {
      await arrange();
      const before = await files();
      const args = ['--skip-install', '--api', 'controller'];
      const failed = { code: 1, output: '', errors: `mandate: ${message}` };
      expect(await init(...args)).toEqual(failed);
      expect(await files()).toEqual(before);
      await expect(lstat(at('src/auth'))).rejects.toThrow('ENOENT');
      expect(await init(...args)).toEqual(failed);
    });
  });
});
