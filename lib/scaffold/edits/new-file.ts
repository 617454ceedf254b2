import type { PlanDraft } from '../plan.js';
import { restyle, styleOf } from '../source/code-style.js';

/**
 * Plans a file in the style of another one. A file in the way is never overwritten: unless it uses this package, and so is
 * one that was written before, the user is told.
 *
 * @returns whether the file will be there as planned, or is there from before.
 */
export function planNewFile(draft: PlanDraft, path: string, text: string, styledLike: string): boolean {
  const existing = draft.read(path);
  if (existing === undefined) {
    draft.change(path, restyle(text, styleOf(styledLike)), []);
    return true;
  }
  const isOurs = /from\s+['"]mandate(?:\/\w+)?['"]/.test(existing);
  if (!isOurs) {
    draft.manual.push({ path, reason: 'It exists, and is not overwritten', code: text.trimEnd() });
  }
  return isOurs;
}
