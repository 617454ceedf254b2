import { existsSync, readFileSync } from 'node:fs';

import type { DefaultTheme } from 'vitepress';

type Item = DefaultTheme.SidebarItem;

/**
 * The sidebars of the API reference, by folder, of what TypeDoc has written: every entry, and the neighbours of the page.
 * One sidebar for all would put five hundred links into each of five hundred pages.
 *
 * @param file - `typedoc-sidebar.json`; without it, as in a build of the pages alone, there is no sidebar.
 */
export function apiSidebars(file: URL): Record<string, Item[]> {
  const entries = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Item[]) : [];
  const overview = { text: 'API', link: '/api/', items: entries.map(({ text = '', link = '' }) => ({ text, link })) };
  const folders = entries.flatMap(({ text: entry = '', items: kinds = [] }) =>
    kinds.map(({ text: kind = '', items = [] }): [string, Item[]] => [
      folderOf(items),
      [overview, { text: `${entry}: ${kind.toLowerCase()}`, items: items.map(withoutEnding) }],
    ]),
  );
  return { '/api/': [overview], ...Object.fromEntries(folders) };
}

function folderOf([first]: readonly Item[]): string {
  return (first?.link ?? '').replace(/[^/]*$/, '');
}

function withoutEnding({ text = '', link = '' }: Item): Item {
  return { text, link: link.replace(/\.md$/, '') };
}
