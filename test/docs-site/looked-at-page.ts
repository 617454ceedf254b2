import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
/** A folder for screenshots to look at. Default: none are taken. */
const SCREENSHOTS = process.env['SCREENSHOTS'];

export interface Look {
  readonly device: 'phone' | 'desktop';
  readonly colorScheme: 'light' | 'dark';
}

const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } };

/** A page of the site in a window of its own, and what is wrong with it. */
export class LookedAtPage {
  private readonly errors: string[] = [];

  private constructor(
    private readonly look: Look,
    private readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.on('pageerror', ({ message }) => this.errors.push(message));
    page.on('console', (entry) => {
      if (['error', 'warning'].includes(entry.type())) {
        this.errors.push(entry.text());
      }
    });
    page.on('response', (response) => {
      if (response.status() >= 400) {
        this.errors.push(`${String(response.status())} for ${response.url()}`);
      }
    });
  }

  static async open(browser: Browser, look: Look, address: string): Promise<LookedAtPage> {
    const { device, colorScheme } = look;
    const context = await browser.newContext({ viewport: SIZES[device], colorScheme, reducedMotion: 'reduce' });
    context.setDefaultTimeout(30_000);
    const page = new LookedAtPage(look, context, await context.newPage());
    // Scripts loaded, and whatever they load: the page is as a reader uses it.
    await page.page.goto(address, { waitUntil: 'networkidle' });
    return page;
  }

  /** Serious and critical faults that axe finds, width, and errors so far. Saves a screenshot where SCREENSHOTS says. */
  async faults(name: string): Promise<string[]> {
    await this.save(name);
    return [...(await this.violations()), ...(await this.width()), ...this.errors];
  }

  close(): Promise<void> {
    return this.context.close();
  }

  private async violations(): Promise<string[]> {
    await this.page.evaluate(AXE);
    const { violations } = await this.page.evaluate<AxeResults>('axe.run()');
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, nodes }) =>
          `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`).join('\n')}`,
      );
  }

  private async width(): Promise<string[]> {
    const wide = await this.page.evaluate<boolean>('document.documentElement.scrollWidth > window.innerWidth');
    return wide ? ['The page scrolls sideways.'] : [];
  }

  private async save(name: string): Promise<void> {
    if (SCREENSHOTS !== undefined) {
      mkdirSync(SCREENSHOTS, { recursive: true });
      const { device, colorScheme } = this.look;
      await this.page.screenshot({ path: join(SCREENSHOTS, `site-${name}-${device}-${colorScheme}.png`) });
    }
  }
}
