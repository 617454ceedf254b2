import { join } from 'node:path';

import { LocalCognito } from 'mandate/testing';

import { signingKeysPem } from '../local/signing-keys.js';
import { root, run } from './packed-app.js';

/** How the application is bundled, and the file in which it then starts: the variants of `bundle/bundle.mjs`. */
export const BUNDLES: Readonly<Record<string, string>> = {
  'not bundled': 'app.mjs',
  'esbuild --format=esm --splitting': 'main.mjs',
  'esbuild --format=esm --splitting --minify': 'main.mjs',
  'esbuild --format=cjs --minify': 'main.cjs',
  'webpack, minimized': 'main.cjs',
  'webpack, minimized, modules not concatenated': 'main.cjs',
  'webpack, not minimized, modules not concatenated': 'main.cjs',
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

export async function startPools(): Promise<LocalCognito> {
  const pool = (name: string, username: string) => ({
    name,
    keys: signingKeysPem(),
    users: [{ username, password: 'Correct-Horse-9' }],
  });
  return LocalCognito.start({ pools: [pool('customers', 'customer'), pool('staff', 'employee')] });
}

/** Bundles the application, runs it in plain Node and returns what it found. */
export async function goThroughBundle(app: string, bundle: string, cognito: LocalCognito): Promise<unknown> {
  const folder = join(app, 'bundles', bundle.replaceAll(/\W+/g, '-'));
  const [script, source] = ['bundle.mjs', 'app.ts'].map((file) => join(root, 'test', 'package', 'bundle', file));
  await run(app, process.execPath, String(script), bundle, String(source), folder);
  const options = (name: string) => cognito.pool(name).moduleOptions();
  const pools = JSON.stringify({ customers: options('customers'), staff: options('staff') });
  return JSON.parse(await run(app, process.execPath, join(folder, BUNDLES[bundle] ?? ''), pools));
}
