import type { DefaultTheme } from 'vitepress';

import { HOW_TO_GROUPS, SECTIONS } from '../../.ci/docs/front-matter.mjs';
import type { Page } from './pages.js';

type Item = DefaultTheme.SidebarItem;

/** The sidebar: the sections, then the pages that stand alone. */
export function sidebarOf(pages: readonly Page[]): Item[] {
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

function grouped(pages: readonly Page[]): Item[] {
  return HOW_TO_GROUPS.map((text) => ({ text, items: links(pages.filter(({ group }) => group === text)) })).filter(
    ({ items }) => items.length > 0,
  );
}

function links(pages: readonly Page[]): { text: string; link: string }[] {
  return pages.map(({ title: text, link }) => ({ text, link }));
}
