import type { INestApplication } from '@nestjs/common';

import {
  MandateOAuthModule,
  type MandateOAuthModuleExtras,
  type MandateOAuthModuleOptions,
} from '../../../lib/http/index.js';
import { Browser } from './browser.js';
import { type AppOptions, PagesController, type Platform, SECRET, startSessionApp, type World } from './session-app.js';

type Options = Partial<MandateOAuthModuleOptions & MandateOAuthModuleExtras>;

/** An application with managed login. */
export async function startOAuthApp(platform: Platform, world: World, options: Options = {}, app: AppOptions = {}) {
  const { session, ...others } = options;
  return startSessionApp(platform, world, {
    ...app,
    metadata: {
      imports: [MandateOAuthModule.forRoot({ session: { secret: SECRET, ...session }, ...others })],
      controllers: [PagesController],
    },
  });
}

/** What a browser sends when it shows a page. */
export const NAVIGATION = { 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate' };

/** Follows the link to the login; returns the state that Cognito would receive. */
export async function startLogin(browser: Browser, path = '/auth/login'): Promise<string> {
  const { status, headers } = await browser.get(path, { headers: NAVIGATION });
  expect(status).toBe(303);
  return new URL(headers['location'] ?? '').searchParams.get('state') ?? '';
}

/** A browser that has signed in at managed login. */
export async function loggedIn(app: INestApplication, username = 'ann', path = '/auth/login'): Promise<Browser> {
  const browser = new Browser(app);
  const state = await startLogin(browser, path);
  const { status } = await browser.get(`/auth/callback?code=${username}&state=${state}`, { headers: NAVIGATION });
  expect([200, 303]).toContain(status);
  return browser;
}
