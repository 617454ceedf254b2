import type { Browser } from 'playwright-core';

import { BuiltSite } from '../../.ci/docs/built-site.mjs';
import { type MandateErrorCode, ERROR_STATUS } from '../../lib/errors/error-codes.js';
import { docsUrlOf } from '../../lib/errors/docs-url.js';
import { launch } from '../support/headless-browser.js';
import { type Look, LookedAtPage } from './looked-at-page.js';
import { pagesWithPictures, SITE, SiteServer } from './site-server.js';

const LOOKS: readonly Look[] = [
  { device: 'phone', colorScheme: 'light' },
  { device: 'phone', colorScheme: 'dark' },
  { device: 'desktop', colorScheme: 'light' },
  { device: 'desktop', colorScheme: 'dark' },
];
const PHONE: Look = { device: 'phone', colorScheme: 'light' };
const DESKTOP: Look = { device: 'desktop', colorScheme: 'light' };

const PAGES = [
  ['home', ''],
  ['how-to', 'how-to/roles-and-permissions'],
  ['reference', 'reference/session-options'],
  ['picture', 'concepts/what-the-guard-checks'],
  ['api', 'api/mandate/classes/CognitoAuthGuard'],
  ['no-page', '404'],
] as const;

/** In the language of the page, whose types are not known here. */
const isInView = (selector: string) => `(() => {
  const box = document.querySelector('${selector}')?.getBoundingClientRect();
  return box !== undefined && box.top >= 0 && box.bottom <= innerHeight;
})()`;

/** Enough to get from the start of a page to the end of its navigation. */
const MANY_TABS = 20;

describe('the documentation site', () => {
  let server: SiteServer;
  let browser: Browser;
  let opened: LookedAtPage | undefined;

  beforeAll(async () => {
    server = await SiteServer.start();
    browser = await launch();
  });

  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  afterEach(async () => {
    await opened?.close();
    opened = undefined;
  });

  async function open(look: Look, path: string): Promise<LookedAtPage> {
    opened = await LookedAtPage.open(browser, look, server.home + path);
    return opened;
  }

  /** Presses Tab until the element has the focus. */
  async function tabTo({ page }: LookedAtPage, selector: string): Promise<void> {
    for (let tabs = 0; tabs < MANY_TABS; tabs += 1) {
      await page.keyboard.press('Tab');
      if (await page.evaluate<boolean>(`document.activeElement.matches(${JSON.stringify(selector)})`)) {
        return;
      }
    }
    throw new Error(`${MANY_TABS} presses of Tab do not reach ${selector}.`);
  }

  describe.each(LOOKS)('on a $device, $colorScheme', (look) => {
    it.each(PAGES)('shows a sound page: %s', async (name, path) => {
      const looked = await open(look, path);
      expect(await looked.faults(name)).toEqual([]);
    });

    it('finds an error code', async () => {
      const looked = await open(look, '');
      const { page } = looked;
      await page.getByRole('button', { name: 'Search' }).first().click();
      await page.getByRole('searchbox').fill('TOKEN_EXPIRED');
      await page.locator('.VPLocalSearchBox .result.selected').waitFor();
      expect(await looked.faults('search')).toEqual([]);
      await page.keyboard.press('Enter');
      await page.waitForURL('**/reference/errors#TOKEN_EXPIRED');
      await page.waitForFunction(isInView('#TOKEN_EXPIRED'));
    });
  });

  it('draws each picture, as an image with a name', async () => {
    const pages = pagesWithPictures();
    expect(pages.length).toBeGreaterThan(0);
    for (const path of pages) {
      const { page } = await open(PHONE, path);
      await page.locator('.picture-drawing').first().waitFor({ state: 'detached' });
      const pictures = await page.locator('.picture').all();
      const drawn = await page.locator('.picture[role=img][aria-label]:has(svg)').all();
      expect({ path, pictures: pictures.length }).toEqual({ path, pictures: drawn.length });
      await opened?.close();
    }
  });

  it('draws a picture anew when the reader changes the colours', async () => {
    const { page } = await open(DESKTOP, 'concepts/what-the-guard-checks');
    const colours = () => page.locator('.picture svg style').first().textContent();
    const light = await colours();
    await page.getByRole('switch').first().click();
    await page.waitForFunction(`document.querySelector('.picture svg style').textContent !== ${JSON.stringify(light)}`);
    expect(await page.locator('.picture-failed').count()).toBe(0);
  });

  it('shows the text of a picture where Mermaid cannot be loaded', async () => {
    const looked = await LookedAtPage.open(browser, PHONE, server.home);
    opened = looked;
    await looked.page.route('**/*mermaid*', (route) => route.abort());
    await looked.page.goto(`${server.home}concepts/what-the-guard-checks`);
    await looked.page.locator('.picture-failed').first().waitFor();
    expect(await looked.page.locator('.picture-failed').first().textContent()).toContain('accTitle');
  });

  it('lets the keyboard reach the menu of a phone', async () => {
    const looked = await open(PHONE, '');
    await tabTo(looked, '.VPNavBarHamburger');
    await looked.page.keyboard.press('Enter');
    await looked.page.locator('#VPNavScreen').getByRole('link', { name: 'How-to' }).waitFor();
    expect(await looked.faults('menu')).toEqual([]);
    await tabTo(looked, '#VPNavScreen a[href*="/how-to/"]');
    await looked.page.keyboard.press('Enter');
    await looked.page.waitForURL('**/mandate/how-to/**');
  });

  it('lets the keyboard reach the navigation of a desktop', async () => {
    const looked = await open(DESKTOP, '');
    await tabTo(looked, 'a.VPNavBarMenuLink[href*="/how-to/"]');
    await looked.page.keyboard.press('Enter');
    await looked.page.waitForURL('**/mandate/how-to/**');
  });

  it('has an entry for each error that leads there', () => {
    const site = new BuiltSite(SITE, 'https://mandate-nestjs.github.io/mandate/');
    const codes = Object.keys(ERROR_STATUS) as MandateErrorCode[];
    expect(codes.map((code) => site.faultOf(docsUrlOf(code))).filter((fault) => fault !== undefined)).toEqual([]);
  });
});
