import type { PlanDraft } from '../plan.js';
import type { ApiKind } from '../scaffold-options.js';
import { POOL_VARIABLES, REQUIRED_VARIABLES, sessionVariables, type Variable } from '../templates/environment.js';

/**
 * Plans `.env.example`, and `.env` with the values of `npx mandate local`, so that the application runs at once. Variables
 * that a file has are left as they are.
 */
export function planEnvironment(draft: PlanDraft, api: ApiKind, newSecret: () => string): void {
  const pool = (path: string) => (/^\s*#?\s*COGNITO_/m.test(draft.read(path) ?? '') ? [] : POOL_VARIABLES);
  addVariables(draft, '.env.example', [...pool('.env.example'), ...(api === 'cookie' ? sessionVariables('') : [])]);
  addVariables(draft, '.env', [
    ...pool('.env'),
    // Made only if it is needed, so that a second run plans nothing.
    ...(api === 'cookie' && !has(draft, '.env', 'SESSION_SECRET') ? sessionVariables(newSecret()) : []),
  ]);
  ignoreEnvironment(draft);
  const missing = REQUIRED_VARIABLES.filter((name) => !isSet(draft.read('.env') ?? '', name));
  if (missing.length > 0) {
    // A file that names some variables of Cognito is not filled up with those of the embedded one: they might not fit.
    draft.notes.push(`.env has no ${missing.join(' and no ')}. The application needs a value: set it there.`);
  }
}

function addVariables(draft: PlanDraft, path: string, variables: readonly Variable[]): void {
  const missing = variables.filter(({ name }) => !has(draft, path, name));
  if (missing.length === 0) {
    return;
  }
  const text = draft.read(path) ?? '';
  const lines = missing.flatMap(({ name, value, comment }) => [
    ...(comment === '' ? [] : [`# ${comment}`]),
    value === undefined ? `# ${name}=` : `${name}=${value}`,
  ]);
  draft.change(path, `${endedLine(text)}${lines.join('\n')}\n`, [missing.map(({ name }) => name).join(', ')]);
}

function has(draft: PlanDraft, path: string, name: string): boolean {
  return new RegExp(`^\\s*#?\\s*(?:export\\s+)?${name}\\s*=`, 'm').test(draft.read(path) ?? '');
}

/** Whether a line of the text gives the variable a value, and is no comment. */
function isSet(text: string, name: string): boolean {
  return new RegExp(`^\\s*(?:export\\s+)?${name}\\s*=`, 'm').test(text);
}

/** Git must not know .env: it will have secrets. */
function ignoreEnvironment(draft: PlanDraft): void {
  const text = draft.read('.gitignore');
  if (text === undefined) {
    // Without one, the first commit would have the packages and what is compiled.
    draft.change('.gitignore', 'node_modules\ndist\n.env\n', []);
    return;
  }
  const isIgnored = text.split(/\r?\n/).some((line) => /^\/?(?:\*\*\/)?\.env\*?$/.test(line.trim()));
  if (!isIgnored) {
    draft.change('.gitignore', `${endedLine(text)}.env\n`, ['ignores .env']);
  }
}

function endedLine(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
