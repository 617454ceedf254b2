import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { transform } from '@swc/core';

const LIB = join(__dirname, '../../lib');

/** What the command line may import; more would be a fault of layers. */
const ROOMS = ['errors', 'local', 'memory', 'protocol', 'time', 'types'];

/** Compiles the command line as the package ships it, in well under a second, and gives its path. */
export async function compileCli(directory: string): Promise<string> {
  await writeFile(join(directory, 'package.json'), '{"type":"module"}');
  const files = await Promise.all(
    ROOMS.map(async (room) => (await readdir(join(LIB, room), { recursive: true })).map((file) => join(room, file))),
  );
  await Promise.all(files.flat().map((file) => compile(directory, file)));
  return join(directory, 'local/cli/cli.js');
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
