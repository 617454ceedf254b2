import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

/** Stands for the compiler in the record of `npm run build`. */
export const BUNDLER = 'npm run build';

/**
 * @typedef {object} Project
 * @property {string} root the folder of the repository
 * @property {string} folder the folder of the project in it; the JavaScript goes into its `dist`
 * @property {string} sources the folder of its TypeScript
 * @property {string} name
 */

/**
 * The TypeScript of a project: the text and its digest, by file.
 *
 * @param {Project} project
 * @returns {Map<string, { text: string; digest: string }>}
 */
export function readSources({ root, folder, sources }) {
  const base = join(root, folder, sources);
  const files = filesIn(base).filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));
  return new Map(
    files.map((file) => {
      const text = readFileSync(join(base, file), 'utf8');
      return [file, { text, digest: createHash('sha256').update(text).digest('base64url') }];
    }),
  );
}

/**
 * Whether the last finished build had these sources, and what it made is there as it made it. Contents decide: git gives
 * a file the time of its checkout.
 *
 * @param {Project} project
 * @param {Map<string, { digest: string }>} sources
 * @param {string} compiler
 */
export function isBuilt(project, sources, compiler) {
  const record = readRecord(project);
  return (
    record !== undefined &&
    [compiler, BUNDLER].includes(record.compiler) &&
    isEqual(record.sources, digestsOf(sources)) &&
    isEqual(record.outputs, scriptsOf(project))
  );
}

/**
 * Is called after a build: without a record that fits, what there is counts as unfinished.
 *
 * @param {Project} project
 * @param {Map<string, { digest: string }>} sources as they were before the build
 * @param {string} compiler
 */
export function saveRecord(project, sources, compiler) {
  const path = recordOf(project);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify({ compiler, sources: digestsOf(sources), outputs: scriptsOf(project) }));
}

/**
 * Removes the scripts of earlier builds. Declarations stay: editors use those of the last `npm run build`.
 *
 * @param {string} dist
 * @param {ReadonlySet<string>} scripts to keep, with their source maps
 */
export function removeOtherScripts(dist, scripts) {
  for (const path of filesIn(dist).map((file) => join(dist, file))) {
    if (/\.js(\.map)?$/.test(path) && !scripts.has(path.replace(/\.map$/, ''))) {
      rmSync(path);
    }
  }
}

/** Size and time of each script. */
function scriptsOf({ root, folder }) {
  const dist = join(root, folder, 'dist');
  const scripts = filesIn(dist).filter((file) => file.endsWith('.js'));
  return Object.fromEntries(
    scripts.map((file) => {
      const { size, mtimeMs } = statSync(join(dist, file));
      return [file, `${size} ${mtimeMs}`];
    }),
  );
}

function digestsOf(sources) {
  return Object.fromEntries([...sources].map(([file, { digest }]) => [file, digest]));
}

/** Both list their files in the same order. */
function isEqual(some, others) {
  return JSON.stringify(some) === JSON.stringify(others);
}

/** Undefined when there is none, or half of one. */
function readRecord(project) {
  try {
    return JSON.parse(readFileSync(recordOf(project), 'utf8'));
  } catch {
    return undefined;
  }
}

/** `.start/mandate.json`, `.start/sample/01-quick-start.json`. */
function recordOf({ root, folder }) {
  return join(root, '.start', `${folder || 'mandate'}.json`);
}

/** All files below a folder, with `/` between the names, in a fixed order. */
function filesIn(folder) {
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  return files.map((file) => file.split(sep).join('/')).sort();
}
