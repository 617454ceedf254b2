import { dirname, join } from 'node:path';

import { filesOf, goThroughFirstSteps, installWith, nestNew, npm } from '../nest-app.js';
import { removeFolder, run } from '../packed-app.js';
import { packedPackage } from './packed-package.js';

jest.setTimeout(600_000);

/** Applications as `nest new` makes them: ES modules with Vitest on Nest 12, CommonJS with Jest on Nest 11. */
const APPS = [
  { version: 12, delivery: 'body' },
  { version: 11, delivery: 'cookie' },
] as const;

describe('nest add mandate', () => {
  const apps: Partial<Record<11 | 12, string>> = {};

  beforeAll(async () => {
    const created = await Promise.all(APPS.map(({ version }) => nestNew(version)));
    for (const [index, app] of created.entries()) {
      apps[APPS[index]?.version ?? 12] = app;
    }
    await Promise.all(Object.values(apps).map((app) => installWith(app, packedPackage().tarball)));
  });

  afterAll(() => Promise.all(Object.values(apps).map(dirname).map(removeFolder)));

  describe.each(APPS)('in a fresh application of Nest $version', ({ version, delivery }) => {
    const app = () => apps[version] ?? '';
    /** The Nest CLI would install the package from the registry first. */
    const nestAdd = (...args: string[]) =>
      run(app(), 'npx', '--no-install', 'nest', 'add', 'mandate', '--skip-install', '--api', delivery, ...args);

    it('writes nothing in a dry run', async () => {
      const before = await filesOf(app());
      expect(await nestAdd('--dry-run')).toMatch(/UPDATE.* src\/app\.module\.ts/);
      expect(await filesOf(app())).toEqual(before);
    });

    it('sets the application up, and installs its packages', async () => {
      if (version === 11) {
        // With the task of the schematic, as without --skip-install.
        const schematics = ['--no-install', 'schematics', 'mandate:nest-add', '--api', delivery];
        expect(await run(app(), 'npx', ...schematics)).toContain('Every route now requires a signed-in user');
      } else {
        expect(await nestAdd()).toContain('Every route now requires a signed-in user');
        await installWith(app());
      }
      const files = await filesOf(app());
      expect(files['src/app.module.ts']).toContain('MandateModule.forRootAsync({');
      const sources = Object.keys(files).filter((path) => /^(src|test)\//.test(path));
      await run(app(), 'npx', '--no-install', 'prettier', '--check', ...sources);
    });

    it('leaves the build and all tests of the application green', async () => {
      await Promise.all([npm(app(), 'run', 'build'), npm(app(), 'test'), npm(app(), 'run', 'test:e2e')]);
    });

    it('signs up and in beside npx mandate local, and the doctor finds no fault', async () => {
      const steps = await goThroughFirstSteps(app(), delivery);
      expect(steps).toEqual({
        open: 200,
        anonymous: 401,
        registered: 201,
        confirmed: 200,
        signedIn: 200,
        me: { username: 'eve' },
        doctor: expect.stringMatching(/^0 faults, 0 warnings\.$/m) as string,
      });
    });

    it('changes nothing when it is run again, by the Nest CLI or by npx mandate init', async () => {
      const before = await filesOf(app());
      expect(await nestAdd()).toContain('Nothing to change: the application is set up with mandate already.');
      const init = await run(app(), 'npx', '--no-install', 'mandate', 'init', '--api', delivery);
      expect(init).toContain('Nothing to change: the application is set up with mandate already.');
      expect(await filesOf(app())).toEqual(before);
    });
  });

  it('needs no package of the devkit at run time', async () => {
    const { folder, tarball } = packedPackage();
    const manifest = await run(folder, 'tar', '-xzOf', tarball, join('package', 'package.json'));
    expect(manifest).not.toContain('@angular-devkit');
  });
});
