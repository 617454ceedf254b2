import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { type FrontMatter, frontMatterOf } from '../../.ci/docs/front-matter.mjs';
import { pagesOf } from '../../.ci/docs/markdown-files.mjs';

/** A page of the site, with its address in the site and its folder, which is empty for one that stands alone. */
export interface Page extends FrontMatter {
  readonly folder: string;
  readonly link: string;
}

/** The pages written by hand, by their place, without the home page. A fault in the frontmatter of one stops the build. */
export function readPages(root: string): Page[] {
  return pagesOf(root)
    .filter((path) => path !== 'docs/index.md')
    .map((path) => toPage(root, path))
    .sort((a, b) => a.order - b.order || a.title.localeCompare(b.title));
}

function toPage(root: string, path: string): Page {
  const folder = path.split('/').slice(1, -1).join('/');
  const link = path
    .slice('docs'.length)
    .replace(/\.md$/, '')
    .replace(/\/(index|README)$/, '/');
  return { ...frontMatterOf(path, readFileSync(join(root, path), 'utf8')), folder, link };
}
