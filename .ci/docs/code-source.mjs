// The one place that knows what the source of a block of code in the documentation is.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const START = /^\s*(?:\/\/|#|<!--) #region ([\w-]+)(?: -->)?$/;
const END = /^\s*(?:\/\/|#|<!--) #endregion\b/;

/**
 * The code that a comment `<!-- path/of/the/file.ts -->` or `<!-- path/of/the/file.ts#region -->` names: the whole file, or
 * the lines between `#region name` and its `#endregion`, each in a comment of `//`, `#` or `<!-- -->`. Such comments are
 * not part of the code. A region loses the indent that all its lines share.
 *
 * @param {string} root the folder of the repository
 * @param {string} name
 * @returns {string}
 * @throws {Error} when there is no such file, or not exactly one such region in it
 */
export function sourceOf(root, name) {
  const [path = '', region] = name.split('#');
  if (!existsSync(join(root, path))) {
    throw new Error(`There is no file ${path}, which a comment above a block of code names.`);
  }
  const lines = readFileSync(join(root, path), 'utf8').split('\n');
  const wanted = region === undefined ? lines : withoutIndent(linesOfRegion(lines, path, region));
  return wanted.filter((line) => !START.test(line) && !END.test(line)).join('\n');
}

/** The lines of a region, and an empty one, as a file ends with a line break, too. */
function linesOfRegion(lines, path, region) {
  const starts = lines.flatMap((line, index) => (START.exec(line)?.[1] === region ? [index] : []));
  if (starts.length !== 1) {
    throw new Error(`${path} has ${starts.length} regions "${region}"; a block of code needs exactly one.`);
  }
  const rest = lines.slice(starts[0] + 1);
  let depth = 1;
  const end = rest.findIndex((line) => {
    depth += START.test(line) ? 1 : END.test(line) ? -1 : 0;
    return depth === 0;
  });
  if (end === -1) {
    throw new Error(`The region "${region}" of ${path} has no #endregion.`);
  }
  return [...rest.slice(0, end), ''];
}

function withoutIndent(lines) {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^\s*/.exec(line)[0].length);
  const shared = Math.min(...indents);
  return lines.map((line) => line.slice(shared));
}
