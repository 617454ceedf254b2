import { join } from 'node:path';

import { LocalCognito } from 'mandate/testing';

import { signingKeysPem } from '../local/signing-keys.js';
import { root, run } from './packed-app.js';

export const BUNDLERS = ['esbuild', 'webpack', 'rspack'] as const;
export type Bundler = (typeof BUNDLERS)[number];

/** How the application is bundled, and the file in which it then starts: the variants of `bundle/bundle.mjs`. */
export const BUNDLES: Readonly<Record<string, { readonly bundler?: Bundler; readonly program: string }>> = {
  'not bundled': { program: 'app.mjs' },
  'esbuild --format=cjs': { bundler: 'esbuild', program: 'main.cjs' },
  'esbuild --format=cjs --minify': { bundler: 'esbuild', program: 'main.cjs' },
  'esbuild --format=esm': { bundler: 'esbuild', program: 'main.mjs' },
  'esbuild --format=esm --splitting': { bundler: 'esbuild', program: 'main.mjs' },
  'esbuild --format=esm --splitting --minify': { bundler: 'esbuild', program: 'main.mjs' },
  'webpack, minimized': { bundler: 'webpack', program: 'main.cjs' },
  'webpack, minimized, modules not concatenated': { bundler: 'webpack', program: 'main.cjs' },
  'webpack, not minimized, modules not concatenated': { bundler: 'webpack', program: 'main.cjs' },
  'rspack, minimized': { bundler: 'rspack', program: 'main.cjs' },
  'rspack, not minimized, modules not concatenated': { bundler: 'rspack', program: 'main.cjs' },
};

/** What `bundle/app.ts` finds when it goes through itself. */
export const FOUND = {
  injected: [true, true, true],
  guard: ['customer', 'employee', 401],
  passport: ['employee', 401],
  denied: ['AccessDeniedException', true],
  admin: 'employee',
  client: [],
  verifier: 'employee',
  failure: ['CognitoServiceError', 'CREDENTIALS_INVALID'],
};

async function startPools(): Promise<LocalCognito> {
  const pool = (name: string, username: string) => ({
    name,
    keys: signingKeysPem(),
    users: [{ username, password: 'Correct-Horse-9' }],
  });
  return LocalCognito.start({ pools: [pool('customers', 'customer'), pool('staff', 'employee')] });
}

/** Compiles the application and bundles it, in a folder of the variant's own. */
export async function bundle(app: string, variant: string): Promise<void> {
  const [script, source] = ['bundle.mjs', 'app.ts'].map((file) => join(root, 'test', 'package', 'bundle', file));
  await run(app, process.execPath, String(script), variant, String(source), folderOf(app, variant));
}

/** Runs the bundled application beside an embedded Cognito and returns what it found. */
export async function goThroughBundle(app: string, variant: string, node: string): Promise<unknown> {
  const cognito = await startPools();
  try {
    const options = (name: string) => cognito.pool(name).moduleOptions();
    const pools = JSON.stringify({ customers: options('customers'), staff: options('staff') });
    return JSON.parse(await run(app, node, join(folderOf(app, variant), BUNDLES[variant]?.program ?? ''), pools));
  } finally {
    await cognito.stop();
  }
}

function folderOf(app: string, variant: string): string {
  return join(app, 'bundles', variant.replaceAll(/\W+/g, '-'));
}
