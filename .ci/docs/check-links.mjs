// Checks the links of the built site, and those of the repository's own Markdown files: to files, and to the site.
// Usage: node .ci/docs/check-links.mjs [folder of the repository [folder of the site]]
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { BuiltSite } from './built-site.mjs';

const root = resolve(process.argv[2] ?? fileURLToPath(new URL('../../', import.meta.url)));
const folder = resolve(root, process.argv[3] ?? 'docs/.vitepress/dist');
const HOME = 'https://mandate-nestjs.github.io/mandate/';

if (!existsSync(join(folder, 'index.html'))) {
  console.error(`There is no built site in ${folder}. Build it: npm run docs:build`);
  process.exit(1);
}
const site = new BuiltSite(folder, HOME);

/** @type {Map<string, string[]>} the files with a fault, by fault: a dead link of the navigation is in all of them. */
const faults = new Map();
/** @type {(file: string, found: readonly (string | undefined)[]) => void} */
function add(file, found) {
  for (const fault of found.filter(Boolean)) {
    faults.set(fault, [...(faults.get(fault) ?? []), file]);
  }
}

/** Anchors in files are GitHub's to resolve; test/package/readme.spec.ts checks those of the README itself. */
function faultInRepository(file, link) {
  if (/^\w+:/.test(link)) {
    return site.faultOf(link);
  }
  const path = link.replace(/#.*/, '');
  return existsSync(join(root, dirname(file), path)) ? undefined : `${link} leads to nothing`;
}

const pages = site.pages;
for (const file of pages) {
  add(file, site.faultsIn(file));
}
const sitemap = readFileSync(join(folder, 'sitemap.xml'), 'utf8');
add(
  'sitemap.xml',
  [...sitemap.matchAll(/<loc>([^<]+)/g)].map(([, link]) => site.faultOf(link)),
);
const samples = readdirSync(join(root, 'sample')).map((name) => `sample/${name}/README.md`);
const files = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', ...samples];
for (const file of files.filter((name) => existsSync(join(root, name)))) {
  const links = readFileSync(join(root, file), 'utf8').matchAll(/\]\(<?([^)\s>]+)/g);
  add(
    file,
    [...links].map(([, link]) => faultInRepository(file, link)),
  );
}

for (const [fault, [first, ...others]] of faults) {
  console.error(`${first}${others.length === 0 ? '' : ` and ${others.length} more`}: ${fault}`);
}
console.log(`Checked the links of ${pages.length} pages and of the repository's files: ${faults.size} faults.`);
process.exitCode = faults.size === 0 ? 0 : 1;
