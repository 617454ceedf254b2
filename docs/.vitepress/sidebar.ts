import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { DefaultTheme } from 'vitepress';

import { type FrontMatter, frontMatterOf, HOW_TO_GROUPS, SECTIONS } from '../../.ci/docs/front-matter.mjs';
import { pagesOf } from '../../.ci/docs/markdown-files.mjs';

type Item = DefaultTheme.SidebarItem;

interface Page extends FrontMatter {
  readonly folder: string;
  readonly link: string;
}

/** The sidebar of the pages written by hand, from their frontmatter. A page with a fault in it stops the build. */
export function pagesSidebar(root: string): Item[] {
  const pages = pagesOf(root)
    .filter((path) => path !== 'docs/index.md')
    .map((path) => toPage(root, path))
    .sort((a, b) => a.order - b.order || a.title.localeCompare(b.title));
  const sections = [...SECTIONS].map(([folder, text]) => {
    const items = pages.filter((page) => page.folder === folder);
    return {
      text,
      collapsed: folder !== 'getting-started',
      items: folder === 'how-to' ? grouped(items) : links(items),
    };
  });
  return [...sections.filter(({ items }) => items.length > 0), ...links(pages.filter(({ folder }) => folder === ''))];
}

function toPage(root: string, path: string): Page {
  const folder = path.split('/').slice(1, -1).join('/');
  const link = path
    .slice('docs'.length)
    .replace(/\.md$/, '')
    .replace(/\/(index|README)$/, '/');
  return { ...frontMatterOf(path, readFileSync(join(root, path), 'utf8')), folder, link };
}

function grouped(pages: readonly Page[]): Item[] {
  return HOW_TO_GROUPS.map((text) => ({ text, items: links(pages.filter(({ group }) => group === text)) })).filter(
    ({ items }) => items.length > 0,
  );
}

function links(pages: readonly Page[]): Item[] {
  return pages.map(({ title: text, link }) => ({ text, link }));
}
