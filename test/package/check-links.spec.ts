import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { root } from './packed-app.js';

const SITE = 'https://mandate-nestjs.github.io/mandate/';

/** A site, and what is around it in a repository. */
const SOUND: Record<string, string> = {
  'index.html': `
    <link rel="stylesheet" href="/mandate/style.css">
    <img src="/mandate/icon.svg" alt="">
    <a href="/mandate/guide/">a folder</a> <a href="guide/start">a page</a> <a href="${SITE}guide/start.html">its file</a>
    <a href="guide/start#first-step">an anchor</a> <a href="https://example.com/nothing#here">another site</a>`,
  'guide/index.html':
    '<a href="start#first-step">a neighbour</a> <a href="../">home</a> <a href="#top">here</a> <p id="top">',
  'guide/start.html': '<h2 id="first-step">First step</h2> <a href="./">up</a> <a href="mailto:x@example.com">mail</a>',
  'style.css': '',
  'icon.svg': '<svg/>',
  'sitemap.xml': `<urlset><url><loc>${SITE}guide/start</loc></url></urlset>`,
};

const REPOSITORY = {
  'README.md': `[a file](sample/one/README.md) [an anchor](#x) [a page](${SITE}guide/start#first-step) [other](https://example.com)`,
  'sample/one/README.md': '[up](../../README.md#x)',
};

describe('the check of links', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mandate-links-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function check(site: Record<string, string>, repository: Record<string, string> = {}) {
    const files = Object.entries(site).map(([name, text]) => [`site/${name}`, text] as const);
    for (const [name, text] of [...files, ...Object.entries({ ...REPOSITORY, ...repository })]) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const { status, stderr } = spawnSync(process.execPath, ['.ci/docs/check-links.mjs', folder, 'site'], {
      cwd: root,
      encoding: 'utf8',
    });
    return { status, faults: stderr.split('\n').filter((line) => line !== '') };
  }

  const withLink = (markup: string) => ({ ...SOUND, 'guide/more.html': markup });

  it('finds nothing wrong in a sound site', () => {
    expect(check(SOUND)).toEqual({ status: 0, faults: [] });
  });

  it.each([
    ['a dead page', '<a href="/mandate/guide/strat">', 'guide/more.html: /mandate/guide/strat leads to nothing'],
    ['a dead neighbour', '<a href="nothing">', 'guide/more.html: nothing leads to nothing'],
    ['a dead folder', '<a href="/mandate/guide/start/">', 'guide/more.html: /mandate/guide/start/ leads to nothing'],
    [
      'a dead anchor',
      '<a href="start#first-stpe">',
      'guide/more.html: start#first-stpe leads to guide/start.html, which has no such anchor',
    ],
    [
      'an anchor in another case',
      '<a href="start#First-Step">',
      'guide/more.html: start#First-Step leads to guide/start.html, which has no such anchor',
    ],
    [
      'a dead anchor of its own',
      '<a href="#here">',
      'guide/more.html: #here leads to guide/more.html, which has no such anchor',
    ],
    ['a dead image', '<img src="/mandate/logo.svg">', 'guide/more.html: /mandate/logo.svg leads to nothing'],
    ['a dead script', '<script src="app.js"></script>', 'guide/more.html: app.js leads to nothing'],
    ['a dead style sheet', '<link href="/mandate/dark.css">', 'guide/more.html: /mandate/dark.css leads to nothing'],
    ['a link out of the site', '<a href="/guide/start">', 'guide/more.html: /guide/start leads out of /mandate/'],
    ['no address', '<a href="http://">', 'guide/more.html: http:// is no address'],
  ])('fails for %s', (_what, markup, fault) => {
    expect(check(withLink(markup))).toEqual({ status: 1, faults: [fault] });
  });

  it('fails for a page of the sitemap that is not there', () => {
    const sitemap = `<urlset><url><loc>${SITE}gone</loc></url></urlset>`;
    expect(check({ ...SOUND, 'sitemap.xml': sitemap })).toEqual({
      status: 1,
      faults: [`sitemap.xml: ${SITE}gone leads to nothing`],
    });
  });

  it('fails once for a dead link that many pages have', () => {
    const more = { 'a.html': '<a href="/mandate/gone">', 'b.html': '<a href="/mandate/gone">' };
    const { status, faults } = check({ ...SOUND, ...more });
    expect(status).toBe(1);
    expect(faults).toEqual([expect.stringMatching(/^[ab]\.html and 1 more: \/mandate\/gone leads to nothing$/)]);
  });

  it.each([
    ['a dead file', '[x](lib/gone.ts)', 'lib/gone.ts leads to nothing'],
    ['a dead page', `[x](${SITE}guide/gone)`, `${SITE}guide/gone leads to nothing`],
    [
      'a dead anchor',
      `[x](${SITE}guide/start#gone)`,
      `${SITE}guide/start#gone leads to guide/start.html, which has no such anchor`,
    ],
  ])('fails for %s in a file of the repository', (_what, text, fault) => {
    expect(check(SOUND, { 'README.md': text })).toEqual({ status: 1, faults: [`README.md: ${fault}`] });
    expect(check(SOUND, { 'sample/one/README.md': text })).toEqual({
      status: 1,
      faults: [`sample/one/README.md: ${fault}`],
    });
  });

  it('fails where no site was built', () => {
    expect(check({})).toEqual({
      status: 1,
      faults: [`There is no built site in ${join(folder, 'site')}. Build it: npm run docs:build`],
    });
  });
});
