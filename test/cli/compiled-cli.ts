import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { transform } from '@swc/core';

const LIB = join(__dirname, '../../lib');

/** The folders that the command line may import. Any other import violates the layering. */
const FOLDERS = ['cli', 'errors', 'local', 'memory', 'protocol', 'scaffold', 'time', 'types'];

/** Compiles the command line as the package ships it and returns its path. */
export async function compileCli(directory: string): Promise<string> {
  await writeFile(join(directory, 'package.json'), '{"type":"module"}');
  await symlink(join(LIB, '../node_modules'), join(directory, 'node_modules'), 'dir');
  const files = await Promise.all(
    FOLDERS.map(async (folder) =>
      (await readdir(join(LIB, folder), { recursive: true })).map((file) => join(folder, file)),
    ),
  );
  await Promise.all(files.flat().map((file) => compile(directory, file)));
  return join(directory, 'cli/mandate.js');
}

async function compile(directory: string, file: string): Promise<void> {
  if (!file.endsWith('.ts')) {
    return;
  }
  const { code } = await transform(await readFile(join(LIB, file), 'utf8'), {
    configFile: false,
    swcrc: false,
    jsc: { target: 'es2023', parser: { syntax: 'typescript', decorators: true }, transform: { legacyDecorator: true } },
    module: { type: 'nodenext' },
  });
  const target = join(directory, file.replace(/\.ts$/, '.js'));
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, code);
}
