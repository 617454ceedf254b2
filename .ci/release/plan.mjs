import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

// The parts of the `changeset` command, as that has installed them. The command itself does not see the package in the root
// of a repository with workspaces: it takes these for all packages that there are.
const require = createRequire(createRequire(import.meta.url).resolve('@changesets/cli/package.json'));
const part = (name) => require(`@changesets/${name}`);

/**
 * What the changesets of the repository amount to. The private packages in it have no versions.
 *
 * @param {string} root the folder of the repository
 * @returns {Promise<{ release?: Release, changesets: Changeset[], apply: () => Promise<void> }>}
 *   without a release when no changeset asks for one
 * @throws {Error} for a changeset that is malformed, or names another package
 *
 * @typedef {{ newVersion: string, oldVersion: string }} Release
 * @typedef {{ id: string, summary: string, releases: { name: string, type: Kind }[] }} Changeset
 * @typedef {'major' | 'minor' | 'patch'} Kind
 */
export async function releasePlan(root) {
  const packages = packagesOf(root);
  const config = part('config').parse(readJson(root, '.changeset/config.json'), packages);
  const changesets = await part('read').default(root);
  const plan = part('assemble-release-plan').default(changesets, packages, config, undefined);
  return {
    release: plan.releases.find(({ type }) => type !== 'none'),
    changesets,
    /** Writes the version into package.json, and removes the changesets. */
    apply: () => part('apply-release-plan').default(plan, packages, config),
  };
}

/**
 * Writes a changeset.
 *
 * @param {string} root
 * @param {Kind} type
 * @param {string} summary
 * @returns {Promise<string>} its file
 */
export async function writeChangeset(root, type, summary) {
  const releases = [{ name: readJson(root, 'package.json').name, type }];
  const id = await part('write').default({ releases, summary }, root);
  return `.changeset/${id}.md`;
}

function packagesOf(root) {
  const own = { dir: root, packageJson: readJson(root, 'package.json') };
  return { tool: 'root', root: own, packages: [own] };
}

function readJson(root, path) {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}
