import { spawn } from 'node:child_process';

import type { PackageManager } from '../../scaffold/manifest.js';

/** Installs what package.json names. The program prints by itself. Resolves to whether it succeeded. */
export function installPackages(directory: string, manager: PackageManager): Promise<boolean> {
  return new Promise((resolve) => {
    // On Windows the programs are scripts, which need a shell.
    const child = spawn(manager, ['install'], {
      cwd: directory,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
    child.once('error', () => {
      resolve(false);
    });
    child.once('close', (code) => {
      resolve(code === 0);
    });
  });
}
