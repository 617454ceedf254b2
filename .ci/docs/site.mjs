// The documentation site: `node .ci/docs/site.mjs build`, `dev` or `preview`. TypeDoc writes the API reference as pages
// into docs/api, and VitePress makes the site of all pages in docs/. To write pages, the last API reference will do.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const command = process.argv[2] ?? 'build';

function run(program, ...args) {
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', program), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) {
    process.exit(status ?? 1);
  }
}

function buildApi() {
  rmSync(join(root, 'docs/api'), { recursive: true, force: true });
  run('typedoc/bin/typedoc', '--options', 'docs/typedoc.config.mjs');
}

const vitepress = (...args) => run('vitepress/bin/vitepress.js', ...args);

if (command === 'build' || !existsSync(join(root, 'docs/api'))) {
  buildApi();
}
if (command === 'preview' && !existsSync(join(root, 'docs/.vitepress/dist'))) {
  vitepress('build', 'docs');
}
vitepress(command, 'docs', ...process.argv.slice(3));
