import type { PlanDraft } from '../plan.js';
import { CannotEditError, EditableSource } from '../source/editable-source.js';
import { isTypeScript, type NoTypeScript, type TypeScript } from '../source/typescript.js';

/**
 * Edits a file of TypeScript as a whole: if one part is not possible, nothing of it changes, and the code is for the user to
 * paste.
 *
 * @param edit - changes the source, and returns what it changes.
 * @param code - what to paste otherwise.
 */
export function editSource(
  draft: PlanDraft,
  compiler: TypeScript | NoTypeScript,
  path: string,
  edit: (source: EditableSource) => readonly string[],
  code: () => string,
): void {
  if (!isTypeScript(compiler)) {
    draft.manual.push({ path, reason: compiler.reason.replace(/\.$/, ''), code: code() });
    return;
  }
  const source = new EditableSource(compiler, path, draft.read(path) ?? '');
  try {
    const what = edit(source);
    draft.change(path, source.text, what);
  } catch (error) {
    if (!(error instanceof CannotEditError)) {
      throw error;
    }
    draft.manual.push({ path, reason: `It is not edited, because ${error.message}`, code: code() });
  }
}
