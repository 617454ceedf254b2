import { launch } from '../support/headless-browser.js';

const PAGE = `<!doctype html><script type="module">
import * as client from './client.js';
window.names = Object.keys(client);
</script>`;

/** The names that a page gets of a module by a script element, where nothing else can be loaded. */
export async function loadedInPage(code: string): Promise<unknown> {
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.route('**/*', async (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/') {
        await route.fulfill({ contentType: 'text/html', body: PAGE });
      } else if (pathname === '/client.js') {
        await route.fulfill({ contentType: 'text/javascript', body: code });
      } else {
        await route.abort();
      }
    });
    await page.goto('http://localhost/');
    await page.waitForFunction('window.names !== undefined');
    return await page.evaluate('window.names');
  } finally {
    await browser.close();
  }
}
