import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { Browser, Page } from 'playwright-core';

import { authSecuritySchemes } from '../../../lib/http/index.js';
import { launch } from '../../support/headless-browser.js';
import { ApiApp } from './support/api-app.js';

let browser: Browser;
let api: ApiApp;
let page: Page;

beforeAll(async () => {
  browser = await launch();
  api = await ApiApp.start({
    delivery: 'cookie',
    configure: (app) => {
      const config = new DocumentBuilder().build();
      SwaggerModule.setup(
        'docs',
        app,
        () =>
          SwaggerModule.createDocument(app, {
            ...config,
            components: { securitySchemes: authSecuritySchemes(app) },
          }),
        { swaggerOptions: { docExpansion: 'list', tryItOutEnabled: true } },
      );
    },
  });
  await api.app.listen(0, '127.0.0.1');
  page = await browser.newPage();
  // Only against pages that hang: a busy machine must not fail one.
  page.setDefaultTimeout(120_000);
  await page.goto(`${await api.app.getUrl()}/docs`);
}, 300_000);

afterAll(async () => {
  await browser.close();
  await api.stop();
});

/** Clicks "Execute" of an operation, as it is filled in, and returns the status of the answer. */
async function execute(id: string): Promise<number> {
  const operation = page.locator(`[id="operations-auth-${id}"]`);
  await operation.locator('.opblock-summary-control').click();
  const answered = page.waitForResponse((response) => response.url().includes('/auth/'));
  await operation.locator('button.execute').click();
  return (await answered).status();
}

async function padlocks(id: string): Promise<number> {
  await page.locator(`[id="operations-auth-${id}"]`).waitFor();
  return page.locator(`[id="operations-auth-${id}"] .authorization__btn`).count();
}

it('signs up and in by clicks alone, with tokens by cookie', async () => {
  expect(await execute('register')).toBe(201);
  // Only the code is missing.
  expect(await execute('confirm')).toBe(400);
  await page.evaluate(
    `fetch('/auth/confirm', { method: 'POST', headers: { 'content-type': 'application/json', 'x-mandate-csrf': '1' }, body: ${JSON.stringify(
      JSON.stringify({ username: 'ada', code: api.code('ada@example.com') }),
    )} })`,
  );
  expect(await execute('authenticate')).toBe(200);
  expect(await execute('me')).toBe(200);
}, 300_000);

it('shows a padlock at guarded operations alone', async () => {
  expect(await padlocks('register')).toBe(0);
  expect(await padlocks('session')).toBe(0);
  expect(await padlocks('me')).toBe(1);
}, 300_000);
