import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * How to run npm without a shell: the program and its first arguments. npm hands its own path to the scripts that it
 * runs. Outside of such a script npm lies beside Node; a bare `npm` would need a shell on Windows.
 *
 * @returns {[command: string, ...prefix: string[]]}
 */
export function npmCommand() {
  const beside = dirname(process.execPath);
  const script = [
    process.env.npm_execpath,
    join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ].find((path) => path !== undefined && basename(path) === 'npm-cli.js' && existsSync(path));
  return script === undefined ? ['npm'] : [process.execPath, script];
}

/** What `npm start --workspace ...` sets for itself would make another npm look for that workspace elsewhere. */
export function npmEnvironment() {
  const own = /^npm_config_(workspaces?|include_workspace_root|local_prefix)$/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}
