import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { root } from './packed-app.js';

const SITE = 'https://mandate-nestjs.github.io/mandate/';

/** What the README links to is there in each of these sites. */
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

describe('the check of links', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'mandate-links-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** What it says of this site alone: the links of the repository's own files are those of the real site. */
  function check(files: Record<string, string>): { status: number | null; faults: string[] } {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const { status, stderr } = spawnSync(process.execPath, ['.ci/docs/check-links.mjs', folder], {
      cwd: root,
      encoding: 'utf8',
    });
    return { status, faults: stderr.split('\n').filter((line) => line !== '' && !/^[^:]+\.md: /.test(line)) };
  }

  const withLink = (markup: string) => ({ ...SOUND, 'guide/more.html': markup });

  it('finds nothing wrong in a sound site', () => {
    expect(check(SOUND).faults).toEqual([]);
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

  it('fails where no site was built', () => {
    expect(check({})).toEqual({
      status: 1,
      faults: [`There is no built site in ${folder}. Build it: npm run docs:build`],
    });
  });
});
