import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vitepress';

import { accessibleTheme } from './accessible-theme.js';
import { apiSidebars } from './api-sidebar.js';
import { headingId } from './heading-id.js';
import { extendMarkdown } from './markdown.js';
import { navOf } from './nav.js';
import { readPages } from './pages.js';
import { search } from './search.js';
import { sidebarOf } from './sidebar.js';

const pages = readPages(fileURLToPath(new URL('../../', import.meta.url)));
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
  vite: {
    plugins: [accessibleTheme()],
    // In kilobytes, for Mermaid, which only pages with a picture load.
    build: { chunkSizeWarningLimit: 1000 },
  },
  // There is no such file to edit on GitHub.
  transformPageData: ({ relativePath, frontmatter }) =>
    relativePath.startsWith('api/') ? { frontmatter: { ...frontmatter, editLink: false } } : undefined,
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-default' },
    anchor: { slugify: headingId },
    config: extendMarkdown,
  },
  themeConfig: {
    logo: { src: '/icon.svg', alt: '' },
    nav: navOf(pages),
    sidebar: { ...apiSidebars(new URL('../api/typedoc-sidebar.json', import.meta.url)), '/': sidebarOf(pages) },
    search,
    outline: { level: [2, 3] },
    editLink: { pattern: `${repository}/edit/main/docs/:path`, text: 'Edit this page on GitHub' },
    socialLinks: [{ icon: 'github', link: repository, ariaLabel: 'GitHub' }],
    footer: { message: 'Released under the Apache License 2.0.' },
    externalLinkIcon: true,
    notFound: { quote: 'There is no such page. Try the search.', linkLabel: 'Take me home' },
  },
});
