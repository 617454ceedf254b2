import { parse } from 'yaml';

/** The groups of the how-to pages, in the order of the sidebar. */
export const HOW_TO_GROUPS = [
  'Authorization',
  'Sign-in',
  'Web',
  'Sessions and tokens',
  'Transports',
  'Tooling',
  'Testing',
  'Deployment',
];

/** The folders of docs/ with pages, and what the sidebar calls them, in its order. */
export const SECTIONS = new Map([
  ['getting-started', 'Getting started'],
  ['how-to', 'How-to'],
  ['migration', 'Migration'],
  ['concepts', 'Concepts'],
  ['reference', 'Reference'],
  ['decisions', 'Decisions'],
]);

/**
 * @typedef {object} FrontMatter
 * @property {string} title short, for the sidebar
 * @property {string} description one sentence, for search engines
 * @property {number} order place within its group of the sidebar
 * @property {string} [group] of a how-to page
 */

/**
 * What stands between the two lines `---` at the start of a page.
 *
 * @param {string} page its path from the root of the repository, such as `docs/how-to/roles.md`
 * @param {string} markdown
 * @returns {FrontMatter}
 * @throws {Error} when something is missing or wrong; the message names each fault
 */
export function frontMatterOf(page, markdown) {
  const [, yaml] = /^---\n([\s\S]*?)^---$/m.exec(markdown.startsWith('---\n') ? markdown : '') ?? [];
  const matter = yaml === undefined ? {} : (parse(yaml) ?? {});
  const faults = faultsOf(page, matter);
  if (faults.length > 0) {
    throw new Error(`The frontmatter of ${page} needs ${faults.join('; ')}.`);
  }
  return matter;
}

function faultsOf(page, { title, description, order, group }) {
  const [, folder, ...rest] = page.split('/');
  const isSentence = typeof description === 'string' && /^[A-Z`].*\.$/.test(description);
  return [
    ...(isText(title) ? [] : ['a title']),
    ...(isSentence ? [] : ['a description, which is a sentence with a full stop']),
    ...(typeof order === 'number' ? [] : ['an order, which is a number']),
    ...(rest.length === 0 || SECTIONS.has(folder) ? [] : [`a folder of ${[...SECTIONS.keys()].join(', ')}`]),
    ...(folder !== 'how-to' || HOW_TO_GROUPS.includes(group) ? [] : [`a group of ${HOW_TO_GROUPS.join(', ')}`]),
  ];
}

function isText(value) {
  return typeof value === 'string' && value.trim() !== '';
}
