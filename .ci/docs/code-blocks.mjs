/**
 * @typedef {object} CodeBlock
 * @property {string} language `text` when the fence names none
 * @property {string | undefined} source what the comment above it names: `path/of/the/file.ts`, or one with `#region`
 * @property {string} code without the indent of the fence
 */

/** A comment of one word that has a dot or a slash, if there is one; then a fence of three or more backticks. */
const BLOCK =
  /(?:^ *<!-- (?<source>[^\s>]*[./][^\s>]*) -->\n\s*)?^(?<indent> *)(?<fence>`{3,})(?<language>[\w-]*)(?<info>[^\n]*)\n(?<text>[\s\S]*?)^ *\k<fence>$/gm;

/**
 * The blocks of code of a page.
 *
 * @param {string} markdown
 * @returns {CodeBlock[]}
 */
export function codeBlocksOf(markdown) {
  return [...markdown.matchAll(BLOCK)].map(({ groups }) => toBlock(groups));
}

/**
 * The page with each block that names a source replaced by it.
 *
 * @param {string} markdown
 * @param {(source: string) => string} sourceOf
 * @returns {string}
 */
export function fillCodeBlocks(markdown, sourceOf) {
  return markdown.replaceAll(BLOCK, (whole, ...args) => {
    const groups = args.at(-1);
    const { source, code } = toBlock(groups);
    if (source === undefined) {
      return whole;
    }
    const wanted = sourceOf(source);
    return wanted === code ? whole : replaceCode(whole, groups, wanted);
  });
}

function toBlock({ source, language, indent, text }) {
  return { source, language: language || 'text', code: text.replaceAll(new RegExp(`^${indent}`, 'gm'), '') };
}

function replaceCode(whole, { indent, fence, text }, wanted) {
  const head = whole.slice(0, whole.length - `${text}${indent}${fence}`.length);
  return `${head}${wanted.replaceAll(/^(?=.)/gm, indent)}${indent}${fence}`;
}
