import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';

import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const ARGUMENTS = ['--no-sandbox', '--no-zygote', '--disable-gpu', '--disable-dev-shm-usage'];

/** A page in a headless Chromium whose platform authenticator is a virtual one that always agrees. */
export interface PasskeyPage {
  readonly page: Page;
  /** The passkeys that the authenticator holds. */
  passkeys(): Promise<readonly object[]>;
  /** From now on the authenticator does not know who is there, like a finger that does not fit. */
  refuse(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens an empty page in a browser of its own.
 *
 * @param options - of the browser's context, such as the size of the window.
 */
export async function openPasskeyPage(options: BrowserContextOptions = {}): Promise<PasskeyPage> {
  const browser = await launch();
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const devTools = await context.newCDPSession(page);
  await devTools.send('WebAuthn.enable');
  const { authenticatorId } = await devTools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    page,
    passkeys: async () => (await devTools.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    refuse: async () => {
      await devTools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    },
    close: () => browser.close(),
  };
}

/** Starts a browser. CHROMIUM_PATH names another one, for systems that the packaged one (Linux on x64) is not for. */
export async function launch(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM_PATH'] ?? (await chromiumPath());
  return chromium.launch({ executablePath, args: ARGUMENTS });
}

/**
 * The browser that ships, compressed, in @sparticuz/chromium. Unpacked next to the package once per installation; the
 * rename at the end makes that safe for test processes that run side by side.
 */
async function chromiumPath(): Promise<string> {
  const archive = join(dirname(require.resolve('@sparticuz/chromium')), '..', 'bin', 'chromium.br');
  const folder = join(dirname(archive), '..', '.unpacked');
  const path = join(folder, 'chromium');
  if (!existsSync(path)) {
    const partial = `${path}.${process.pid}`;
    await mkdir(folder, { recursive: true });
    await pipeline(createReadStream(archive), createBrotliDecompress(), createWriteStream(partial));
    await chmod(partial, 0o755);
    await rename(partial, path);
  }
  return path;
}
