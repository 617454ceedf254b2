import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const PICTURES = process.env['SCREENSHOTS'];

interface Look {
  readonly device: string;
  readonly size: { readonly width: number; readonly height: number };
  readonly colorScheme: 'light' | 'dark';
}

const PHONE = { device: 'phone', size: { width: 390, height: 844 } };
const DESKTOP = { device: 'desktop', size: { width: 1280, height: 800 } };
const LOOKS: readonly Look[] = [
  { ...PHONE, colorScheme: 'light' },
  { ...DESKTOP, colorScheme: 'dark' },
];
const LOOKS_FOR_PICTURES: readonly Look[] = [
  ...LOOKS,
  { ...PHONE, colorScheme: 'dark' },
  { ...DESKTOP, colorScheme: 'light' },
];
/** A target of this size is easy to hit (WCAG 2.2 asks for 24 pixels). */
const MIN_TARGET = 44;

/** Looks at pages as a phone and a desktop show them: accessibility, size of targets, width. */
export class PageInspector {
  private constructor(private readonly page: Page) {}

  static async open(browser: Browser): Promise<PageInspector> {
    return new PageInspector(await browser.newPage());
  }

  /**
   * Inspects a page, and saves pictures of it in the folder that SCREENSHOTS names.
   *
   * @returns what is wrong with it.
   */
  async inspect(name: string, markup: string): Promise<string[]> {
    const problems: string[] = [];
    for (const { device, size, colorScheme } of PICTURES === undefined ? LOOKS : LOOKS_FOR_PICTURES) {
      await this.page.setViewportSize(size);
      await this.page.emulateMedia({ colorScheme });
      // Without scripts: what is shown is the state in which the walk saw the page.
      await this.page.setContent(markup.replaceAll(/<script>.*?<\/script>/gs, ''));
      const found = [...(await this.violations()), ...(await this.layoutFaults())];
      problems.push(...found.map((problem) => `${name} on a ${device}, ${colorScheme}: ${problem}`));
      if (PICTURES !== undefined) {
        const path = join(PICTURES, `local-${name}-${device}${colorScheme === 'dark' ? '-dark' : ''}.png`);
        await this.page.screenshot({ path, fullPage: true });
      }
    }
    return problems;
  }

  private async violations(): Promise<string[]> {
    await this.page.evaluate(AXE);
    const { violations } = await this.page.evaluate<AxeResults>('axe.run()');
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  }

  private async layoutFaults(): Promise<string[]> {
    return this.page.evaluate<string[]>(`
      const small = [...document.querySelectorAll('a, button, input:not([type=hidden]), label.choice')]
        .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < ${MIN_TARGET})
        .filter((element) => element.type !== 'radio')
        .map((element) => 'small target: ' + element.outerHTML);
      const wide = document.documentElement.scrollWidth > window.innerWidth ? ['scrolls sideways'] : [];
      [...small, ...wide]
    `);
  }
}
