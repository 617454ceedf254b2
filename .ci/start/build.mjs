import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { isBuilt, readSources, removeOtherScripts, saveRecord } from './build-record.mjs';
import { StartError } from './start-error.mjs';

/**
 * As jest.config.ts has it, but for ES modules. swc needs half a second for what takes TypeScript ten: the types are
 * checked by `npm run check`, and what is published is built by `npm run build`.
 */
const SWC = {
  configFile: false,
  swcrc: false,
  sourceMaps: true,
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true },
    transform: {
      legacyDecorator: true,
      decoratorMetadata: true,
      useDefineForClassFields: true,
      verbatimModuleSyntax: true,
    },
    keepClassNames: true,
  },
  module: { type: 'es6' },
};

/**
 * Turns the TypeScript of a project into JavaScript, unless that has been done, here or by `npm run build`.
 *
 * @param {import('./build-record.mjs').Project} project
 * @param {import('./progress.mjs').Progress} progress
 */
export async function build(project, progress) {
  const sources = readSources(project);
  const compiler = compilerOf(project.root);
  if (isBuilt(project, sources, compiler)) {
    return;
  }
  const start = progress.now();
  const subject = `${project.name} (${sources.size} files)`;
  progress.update(`Compiling ${subject} ...`);
  const { transform } = await import('@swc/core');
  const dist = join(project.root, project.folder, 'dist');
  const compile = async ([file, { text }]) => {
    const output = join(dist, file.replace(/\.ts$/, '.js'));
    const source = join(project.root, project.folder, project.sources, file);
    const { code, map } = await transform(text, { ...SWC, filename: source }).catch((error) => {
      throw new StartError(`${source} cannot be compiled:\n${error.message}`);
    });
    mkdirSync(dirname(output), { recursive: true });
    writeFileSync(output, `${code}//# sourceMappingURL=${basename(output)}.map\n`);
    writeFileSync(`${output}.map`, map);
    return output;
  };
  removeOtherScripts(dist, new Set(await Promise.all([...sources].map(compile))));
  saveRecord(project, sources, compiler);
  progress.say(`Compiled ${subject} in ${progress.since(start)}.`);
}

/** Changes when what is made of the same sources may change: with this file or with swc. */
function compilerOf(root) {
  const swc = readFileSync(join(root, 'node_modules', '@swc', 'core', 'package.json'), 'utf8');
  return `${JSON.stringify(SWC)} ${JSON.parse(swc).version}`;
}
