import type { DefaultTheme } from 'vitepress';

import { SECTIONS } from '../../.ci/docs/front-matter.mjs';
import type { Page } from './pages.js';

/** The sections that are needed less: they are behind "More", with the pages that stand alone. */
const LESS = ['migration', 'decisions'];

/** The navigation at the top: the first page of each section. */
export function navOf(pages: readonly Page[]): DefaultTheme.NavItem[] {
  const folders = [...SECTIONS.keys()];
  const alone = pages.filter(({ folder }) => folder === '').map(({ title: text, link }) => ({ text, link }));
  return [
    ...firstPages(
      pages,
      folders.filter((folder) => !LESS.includes(folder)),
    ),
    { text: 'API', link: '/api/', activeMatch: '^/api/' },
    { text: 'More', items: [...firstPages(pages, LESS), ...alone] },
  ];
}

function firstPages(pages: readonly Page[], folders: readonly string[]): DefaultTheme.NavItemWithLink[] {
  return folders.flatMap((folder) => {
    const first = pages.find((page) => page.folder === folder);
    return first === undefined
      ? []
      : [{ text: SECTIONS.get(folder) ?? folder, link: first.link, activeMatch: `^/${folder}/` }];
  });
}
