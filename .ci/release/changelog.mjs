// CHANGELOG.md as text: a section for each version, the newest first, under `## 1.2.3 - 2026-01-31`.

const HEADING = /^## (\S+) - (\S+)$/gm;
const UNRELEASED = 'unreleased';

/** The subsections of a version, for the kinds of changesets. */
const KINDS = { major: 'Major changes', minor: 'Minor changes', patch: 'Patch changes' };

/**
 * The changelog with the section of a version on top. Text that stands there already under `## 1.2.3 - unreleased` stays,
 * and comes first in it.
 *
 * @param {string} changelog
 * @param {{ version: string, date: string, changes: { kind: keyof typeof KINDS, text: string }[] }} release
 * @returns {string}
 * @throws {Error} when the unreleased text is of another version
 */
export function withRelease(changelog, { version, date, changes }) {
  const sections = sectionsOf(changelog);
  const [newest] = sections;
  const waiting = newest?.date === UNRELEASED ? newest : undefined;
  if (waiting !== undefined && waiting.version !== version) {
    throw new Error(
      `CHANGELOG.md has text under "## ${waiting.version} - ${UNRELEASED}", but the changesets make ${version}. Correct one of them.`,
    );
  }
  const head = changelog.slice(0, newest?.start ?? changelog.length).trim();
  const rest = changelog.slice(waiting?.end ?? newest?.start ?? changelog.length).trim();
  const parts = [head, `## ${version} - ${date}`, waiting?.text, ...listed(changes), rest];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

/**
 * What the changelog says of a version; undefined when it has no such section with a date.
 *
 * @param {string} changelog
 * @param {string} version
 * @returns {string | undefined}
 */
export function notesOf(changelog, version) {
  return sectionsOf(changelog).find((section) => section.version === version && isDate(section.date))?.text;
}

function sectionsOf(changelog) {
  const headings = [...changelog.matchAll(HEADING)];
  return headings.map(({ 0: line, 1: version, 2: date, index: start }, place) => {
    const end = headings[place + 1]?.index ?? changelog.length;
    return { version, date, start, end, text: changelog.slice(start + line.length, end).trim() };
  });
}

function listed(changes) {
  return Object.entries(KINDS).flatMap(([kind, title]) => {
    const texts = changes
      .filter((change) => change.kind === kind && change.text !== '')
      .map(({ text }) => asItem(text));
    return texts.length === 0 ? [] : [`### ${title}`, texts.join('\n')];
  });
}

/** A point of the list, with the further lines of its text below it. */
function asItem(text) {
  return `- ${text.trim().replaceAll('\n', '\n  ').replaceAll(/^ +$/gm, '')}`;
}

function isDate(text) {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}
