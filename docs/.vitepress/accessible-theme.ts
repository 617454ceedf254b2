import type { Plugin } from 'vitepress';

interface Correction {
  readonly file: string;
  readonly replacements: readonly (readonly [string, string])[];
}

/**
 * What axe finds in the default theme and style sheets cannot correct:
 * - A group of the sidebar is a button that contains a button, for the same. Only a group with a page of its own needs the
 *   second one. A group that does not fold is no button at all. One that folds says whether it is open.
 * - The search dialog says that it is a button. What it has found are options that contain links, with names that differ
 *   from what they show; the links are the options now. Keys are named by a label that such an element may not have.
 */
const CORRECTIONS: readonly Correction[] = [
  {
    file: 'VPSidebarItem.vue',
    replacements: [
      [
        ':role="itemRole"',
        ':role="item.collapsed == null ? undefined : itemRole" :aria-expanded="item.collapsed == null || item.link ? undefined : !collapsed"',
      ],
      [':tabindex="item.items && 0"', ':tabindex="item.collapsed == null || item.link ? undefined : 0"'],
      [
        'role="button"\n        aria-label="toggle section"',
        ':role="item.link ? \'button\' : undefined"\n        :aria-label="item.link ? \'toggle section\' : undefined"',
      ],
      ['tabindex="0"\n      >', ':tabindex="item.link ? 0 : undefined"\n      >'],
    ],
  },
  {
    file: 'VPLocalSearchBox.vue',
    replacements: [
      [
        'role="button"\n      :aria-owns="results?.length ? \'localsearch-list\' : undefined"\n      aria-expanded="true"\n      aria-haspopup="listbox"\n      aria-labelledby="localsearch-label"',
        'role="dialog"\n      aria-modal="true"\n      :aria-label="buttonText"',
      ],
      [
        ':id="\'localsearch-item-\' + index"\n            :aria-selected="selectedIndex === index ? \'true\' : \'false\'"\n            role="option"',
        'role="presentation"',
      ],
      [
        ':aria-label="[...p.titles, p.title].join(\' > \')"',
        ':id="\'localsearch-item-\' + index" role="option" :aria-selected="selectedIndex === index"',
      ],
      ['<kbd :aria-label', '<kbd role="img" :aria-label'],
    ],
  },
];

/** Corrects the components of VitePress when they are built. Stops the build when a new version has others. */
export function accessibleTheme(): Plugin {
  return {
    name: 'accessible-theme',
    enforce: 'pre',
    transform(code, id) {
      const correction = CORRECTIONS.find(({ file }) => id.endsWith(`/theme-default/components/${file}`));
      return correction === undefined ? undefined : corrected(code, correction);
    },
  };
}

function corrected(code: string, { file, replacements }: Correction): string {
  return replacements.reduce((text, [from, to]) => {
    if (!text.includes(from)) {
      throw new Error(`${file} of VitePress has changed: it no longer has ${from}. See accessible-theme.ts.`);
    }
    return text.replaceAll(from, () => to);
  }, code);
}
