import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { sourceOf as sourceIn } from '../../.ci/docs/code-source.mjs';

const execute = promisify(execFile);
export const root = join(import.meta.dirname, '..', '..');

/** Against programs that hang; a busy machine takes far less. */
const TIMEOUT = 10 * 60_000;

/** Runs a program of the machine; what it printed is in the error when it fails. */
export async function run(folder: string, command: string, ...args: string[]): Promise<string> {
  return runWith({}, folder, command, ...args);
}

/** The same with these environment variables, too. */
export async function runWith(
  environment: NodeJS.ProcessEnv,
  folder: string,
  command: string,
  ...args: string[]
): Promise<string> {
  try {
    const env = { ...childEnvironment(), ...environment };
    const { stdout } = await execute(command, args, { cwd: folder, env, maxBuffer: 64 << 20, timeout: TIMEOUT });
    return stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(' ')} failed.\n${stdout ?? ''}\n${stderr ?? ''}`, { cause: error });
  }
}

/** Jest's and npm's own variables would change how the child behaves. */
function childEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_ENV$|NODE_OPTIONS$|JEST_|COGNITO_)/i.test(name)),
  );
}

export interface PackedFile {
  readonly path: string;
  readonly size: number;
}

interface Packed {
  readonly folder: string;
  readonly tarball: string;
  readonly files: PackedFile[];
}

/** Builds the package and packs it as npm would publish it. */
export async function packPackage(): Promise<Packed> {
  const folder = await mkdtemp(join(tmpdir(), 'mandate-packed-'));
  const options = ['--json', '--silent', '--pack-destination', folder];
  const printed = await run(root, 'npm', 'pack', ...options);
  // `prepack` builds first and may print; the list is the last JSON array.
  const [packed] = JSON.parse(printed.slice(printed.lastIndexOf('\n[') + 1)) as [
    { filename: string; files: PackedFile[] },
  ];
  return { folder, tarball: join(folder, packed.filename), files: packed.files };
}

/** Makes an empty folder with a package.json, and removes it again. */
export async function emptyApp(dependencies: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mandate-app-'));
  await writeFiles(folder, {
    'package.json': JSON.stringify({ name: 'empty-app', private: true, type: 'module', dependencies }),
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        target: 'es2023',
        module: 'nodenext',
        strict: true,
        experimentalDecorators: true,
        emitDecoratorMetadata: true,
        skipLibCheck: false,
        types: ['node'],
        // As `nest new` sets it: TypeScript must be able to name every type that the code infers.
        declaration: true,
        rootDir: 'src',
        // Compiled twice, as ES modules and as CommonJS: the types of the packages are checked once.
        incremental: true,
        tsBuildInfoFile: '.tsbuildinfo',
      },
      include: ['src'],
    }),
  });
  return folder;
}

/** What the README's test needs beside the application's own dependencies. */
const TOOLS = ['@swc/jest', 'supertest', 'vitest'];

export const PACKAGE_MANAGERS = ['npm', 'pnpm'] as const;
export type PackageManager = (typeof PACKAGE_MANAGERS)[number];

/** Installs the application's dependencies from the registry, and links the repository's own tools beside them. */
export async function install(folder: string, manager: PackageManager): Promise<void> {
  const quick = ['install', '--prefer-offline', '--ignore-scripts', '--loglevel=error'];
  if (manager === 'npm') {
    await run(folder, 'npm', ...quick, '--no-audit', '--no-fund');
  } else {
    await runTool(folder, 'pnpm', 'pnpm.cjs', ...quick);
  }
  for (const tool of TOOLS) {
    const link = join(folder, 'node_modules', tool);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join(root, 'node_modules', tool), link, 'junction');
  }
}

/** Runs a program of the repository's own dependencies in the application's folder. */
export async function runTool(folder: string, name: string, program: string, ...args: string[]): Promise<string> {
  return run(folder, process.execPath, toolPath(name, program), ...args);
}

/** The file of a program of the repository's own dependencies. */
export function toolPath(name: string, program: string): string {
  return join(root, 'node_modules', name, 'bin', program);
}

/** Compiles the application's `src` into `dist/<type>`, as ES modules (`module`) or CommonJS (`commonjs`). */
export async function compile(folder: string, type: string): Promise<void> {
  await setModuleType(folder, type);
  await runTool(folder, 'typescript', 'tsc', '--outDir', `dist/${type}`);
  await writeFiles(folder, { [`dist/${type}/package.json`]: JSON.stringify({ type }) });
}

/** Makes the application's files ES modules (`module`) or CommonJS (`commonjs`). */
export async function setModuleType(folder: string, type: string): Promise<void> {
  const path = join(folder, 'package.json');
  const manifest = JSON.parse(await readFile(path, 'utf8')) as object;
  await writeFile(path, JSON.stringify({ ...manifest, type }));
}

export async function writeFiles(folder: string, files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

export async function removeFolder(folder: string | undefined): Promise<void> {
  if (folder !== undefined) {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The block of JSON in the README that has this member. */
export async function readmeJson(member: string): Promise<string> {
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/^```json\n([\s\S]*?)^```/gm)].map(([, code = '']) => code);
  return blocks.find((code) => code.includes(`"${member}"`)) ?? 'no such block';
}

/** The code of a source: `path/of/the/file.ts`, or `path/of/the/file.ts#region`. */
export function sourceOf(name: string): Promise<string> {
  return Promise.resolve(sourceIn(root, name));
}
