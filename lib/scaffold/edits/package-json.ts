import type { PlanDraft } from '../plan.js';
import { hasPackage, type Manifest, nestMajor, type TestRunner } from '../manifest.js';
import type { ApiKind } from '../scaffold-options.js';
import { parseJson, printJson } from '../source/json.js';

type Section = 'dependencies' | 'devDependencies';

/** The packages that the code of this plan needs, by the version of Nest that the application has. */
interface PackageNeeds {
  readonly api: ApiKind;
  readonly version: string;
  readonly runner: TestRunner | undefined;
}

/**
 * Adds the packages that the application lacks. Versions that it has are left as they are.
 *
 * @returns the names of those that package.json will have, or has, and that are to be installed.
 */
export function planPackages(
  draft: PlanDraft,
  manifest: Manifest,
  needs: PackageNeeds,
  isInstalled: (name: string) => boolean,
): string[] {
  const text = draft.read('package.json') ?? '{}';
  const content = parseJson(text) as Record<string, unknown> & Partial<Record<Section, Record<string, string>>>;
  const added: string[] = [];
  const toInstall: string[] = [];
  for (const [section, packages] of Object.entries(neededPackages(manifest, needs)) as [
    Section,
    [string, string][],
  ][]) {
    toInstall.push(
      ...packages.map(([name]) => name).filter((name) => !hasPackage(manifest, name) || !isInstalled(name)),
    );
    const missing = packages.filter(([name]) => !hasPackage(manifest, name));
    if (missing.length > 0) {
      content[section] = sorted({ ...content[section], ...Object.fromEntries(missing) });
      added.push(...missing.map(([name, version]) => `${name} ${version}`));
    }
  }
  if (added.length > 0) {
    draft.change('package.json', printJson(content, text), [`adds ${added.join(', ')}`]);
  }
  return toInstall;
}

function neededPackages(
  manifest: Manifest,
  { api, version, runner }: PackageNeeds,
): Record<Section, [string, string][]> {
  const major = nestMajor(manifest);
  const hasBodies = api !== 'none';
  return {
    dependencies: [
      ['@nestjs/config', major === 11 ? '^4.0.0' : '^12.0.0'],
      ['@nestjs/passport', `^${String(major)}.0.0`],
      ...(api === 'body' || api === 'cookie' ? [['@nestjs/throttler', '^6.7.0'] as [string, string]] : []),
      ...(hasBodies
        ? ([
            ['class-transformer', '^0.5.1'],
            ['class-validator', '^0.15.1'],
          ] as [string, string][])
        : []),
      ['mandate', `^${version}`],
      ['passport', '^0.7.0'],
    ],
    devDependencies:
      runner === undefined
        ? []
        : [
            ['@nestjs/testing', `^${String(major)}.0.0`],
            ['@types/supertest', '^7.0.0'],
            ['supertest', '^7.0.0'],
          ],
  };
}

function sorted(packages: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
}
