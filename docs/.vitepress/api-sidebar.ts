import { existsSync, readFileSync } from 'node:fs';

import type { DefaultTheme } from 'vitepress';

type Item = DefaultTheme.SidebarItem;

/**
 * The sidebars of the API reference, by folder, of what TypeDoc has written: every entry of the package, and the neighbours
 * of the page. One sidebar for all would put five hundred links into each of five hundred pages.
 *
 * @param file - `typedoc-sidebar.json`; without it, as in a build of the pages alone, there is no sidebar.
 */
export function apiSidebars(file: URL): Record<string, Item[]> {
  const entries = existsSync(file) ? entriesIn(JSON.parse(readFileSync(file, 'utf8')) as Item[]) : [];
  const overview = {
    text: 'API',
    link: '/api/',
    items: entries.map((entry) => ({ text: nameOf(entry), link: entry.link ?? '' })),
  };
  const folders = entries.flatMap((entry) =>
    kindsOf(entry).map(({ text = '', items = [] }): [string, Item[]] => [
      folderOf(items),
      [overview, { text: `${nameOf(entry)}: ${text.toLowerCase()}`, items: items.map(withoutEnding) }],
    ]),
  );
  return { '/api/': [overview], ...Object.fromEntries(folders) };
}

/** TypeDoc puts `mandate/http` into `mandate`, after the kinds of what `mandate` exports. Kinds have no page. */
function entriesIn(items: readonly Item[]): Item[] {
  return items.filter(({ link }) => link?.endsWith('/')).flatMap((entry) => [entry, ...entriesIn(entry.items ?? [])]);
}

function kindsOf({ items = [] }: Item): Item[] {
  return items.filter(({ link }) => link === undefined);
}

/** `mandate/http` for `/api/mandate/http/`. */
function nameOf({ link = '' }: Item): string {
  return link.replace('/api/', '').replace(/\/$/, '');
}

function folderOf([first]: readonly Item[]): string {
  return (first?.link ?? '').replace(/[^/]*$/, '');
}

function withoutEnding({ text = '', link = '' }: Item): Item {
  return { text, link: link.replace(/\.md$/, '') };
}
