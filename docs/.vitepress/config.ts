import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vitepress';

import { apiSidebars } from './api-sidebar.js';
import { headingId } from './heading-id.js';
import { extendMarkdown } from './markdown.js';
import { search } from './search.js';
import { pagesSidebar } from './sidebar.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const repository = 'https://github.com/mandate-nestjs/mandate';
const base = '/mandate/';

export default defineConfig({
  base,
  lang: 'en',
  title: 'mandate',
  description: 'Amazon Cognito for NestJS: sign-in, guard, browser sessions, and an embedded Cognito for tests.',
  head: [
    ['link', { rel: 'icon', type: 'image/svg+xml', href: `${base}icon.svg` }],
    ['meta', { name: 'theme-color', content: '#3b5bdb' }],
  ],
  cleanUrls: true,
  // What all pages share, the sidebars among it, is a file of its own instead of a part of each page.
  metaChunk: true,
  sitemap: { hostname: `https://mandate-nestjs.github.io${base}` },
  rewrites: { 'decisions/README.md': 'decisions/index.md' },
  // .ci/docs/check-links.mjs checks the built pages: anchors and assets, too.
  ignoreDeadLinks: true,
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark' },
    anchor: { slugify: headingId },
    config: extendMarkdown,
  },
  themeConfig: {
    logo: { src: '/icon.svg', alt: '' },
    nav: [
      { text: 'Getting started', link: '/getting-started/', activeMatch: '/getting-started/' },
      { text: 'Concepts', link: '/concepts/', activeMatch: '/concepts/' },
    ],
    sidebar: { ...apiSidebars(new URL('../api/typedoc-sidebar.json', import.meta.url)), '/': pagesSidebar(root) },
    search,
    outline: { level: [2, 3] },
    editLink: { pattern: `${repository}/edit/main/docs/:path`, text: 'Edit this page on GitHub' },
    socialLinks: [{ icon: 'github', link: repository, ariaLabel: 'GitHub' }],
    footer: { message: 'Released under the Apache License 2.0.' },
    externalLinkIcon: true,
  },
});
