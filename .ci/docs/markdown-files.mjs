import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What is in docs/ and not written by hand: the API reference, packages, and what VitePress builds. */
const GENERATED = new Set(['api', 'node_modules', '.vitepress', 'public']);

/**
 * The pages in docs/, as paths from the root of the repository: `docs/how-to/roles.md`.
 *
 * @param {string} root the folder of the repository
 * @returns {string[]}
 */
export function pagesOf(root) {
  return pagesIn(root, 'docs', GENERATED).sort();
}

function pagesIn(root, folder, excluded) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      return excluded.has(entry.name) ? [] : pagesIn(root, path, new Set());
    }
    return entry.name.endsWith('.md') ? [path] : [];
  });
}
