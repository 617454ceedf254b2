import { posix } from 'node:path';

import { isObject } from '../../types/is-object.js';
import type { PlanDraft } from '../plan.js';
import type { EditableSource } from '../source/editable-source.js';
import { CannotEditError } from '../source/editable-source.js';
import { parseJson, printJson } from '../source/json.js';
import type { NoTypeScript, TypeScript } from '../source/typescript.js';
import { editSource } from './edit-source.js';

const OPTION = 'transformIgnorePatterns';

/** Jest in CommonJS has to compile the ES modules among the dependencies, which it leaves alone by default. */
const PATTERN = String.raw`/node_modules/(?!(\.\w+|mandate|jose|@nestjs)/)`;

const WHAT = ['compiles the ES modules among the dependencies'];

/** Lets each configuration of Jest in the application compile this package. Patterns that are there stay. */
export function planJest(draft: PlanDraft, compiler: TypeScript | NoTypeScript, projectRoot: string): void {
  planManifest(draft);
  for (const path of new Set([
    'test/jest-e2e.json',
    'jest.config.json',
    posix.join(projectRoot, 'test/jest-e2e.json'),
  ])) {
    planJson(draft, path);
  }
  for (const path of ['jest.config.ts', 'jest.config.js', 'jest.config.mjs', 'jest.config.cjs']) {
    if (draft.exists(path) && !isPrepared(draft.read(path))) {
      editSource(draft, compiler, path, addPattern, () => `${OPTION}: [${JSON.stringify(PATTERN)}],`);
    }
  }
}

/** Whether the text names this package in the patterns already. */
function isPrepared(text: string | undefined): boolean {
  return text === undefined || new RegExp(`${OPTION}[^\\]]*\\bmandate\\b`).test(text);
}

function planManifest(draft: PlanDraft): void {
  const text = draft.read('package.json') ?? '{}';
  const manifest = parseJson(text) as { jest?: unknown };
  if (!isObject(manifest.jest) || isPrepared(JSON.stringify(manifest.jest))) {
    return;
  }
  if (OPTION in manifest.jest) {
    askForPattern(draft, 'package.json');
    return;
  }
  const jest = { ...manifest.jest, [OPTION]: [PATTERN] };
  draft.change('package.json', printJson({ ...manifest, jest }, text), [`Jest ${WHAT.join('')}`]);
}

function planJson(draft: PlanDraft, path: string): void {
  const text = draft.read(path);
  if (text === undefined || isPrepared(text)) {
    return;
  }
  // The text is kept as it is written: printed anew, a file of one's own would change all over.
  const [, before, indent, end] = /^([\s\S]*[^\s,{])\s*?(?:\r?\n([ \t]*))?(\}\s*)$/.exec(text) ?? [];
  const isMember = text.includes(`"${OPTION}"`);
  if (isMember || before === undefined || indent === undefined || end === undefined) {
    askForPattern(draft, path);
    return;
  }
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const [, inner = '  '] = /\n([ \t]+)"/.exec(text) ?? [];
  const member = [`${inner}"${OPTION}": [`, `${inner}${inner}${JSON.stringify(PATTERN)}`, `${inner}]`].join(lineBreak);
  draft.change(path, `${before},${lineBreak}${member}${lineBreak}${indent}${end}`, WHAT);
}

function askForPattern(draft: PlanDraft, path: string): void {
  draft.manual.push({
    path,
    reason: `It has ${OPTION} of its own, which have to leave out this package`,
    code: `"${OPTION}": [${JSON.stringify(PATTERN)}]`,
  });
}

function addPattern(source: EditableSource): readonly string[] {
  const { ts, style } = source;
  const config = source.find((node) =>
    ts.isObjectLiteralExpression(node) &&
    node.properties.some((property) =>
      ['transform', 'testRegex', 'testMatch', 'rootDir', 'preset'].includes(nameOf(property)),
    )
      ? node
      : undefined,
  );
  const last = config?.properties.at(-1);
  if (config === undefined || last === undefined || config.properties.some((property) => nameOf(property) === OPTION)) {
    throw new CannotEditError(`it has no object of options, or has ${OPTION}`);
  }
  const code = source.styled(`${OPTION}: ['${PATTERN.replaceAll('\\', '\\\\')}']`);
  const separator = `,${style.lineBreak}${source.indentAt(last.getStart())}`;
  source.insert(last.getEnd(), separator + code);
  return WHAT;
}

function nameOf({ name }: { readonly name?: { getText: () => string } | undefined }): string {
  return name?.getText().replaceAll(/['"]/g, '') ?? '';
}
