/**
 * The API reference: pages in docs/api, one for each export, of the entries that package.json has.
 *
 * @type {Partial<import('typedoc-plugin-markdown').PluginOptions & import('typedoc').TypeDocOptions>}
 */
export default {
  name: 'API',
  entryPoints: ['index', 'verifier', 'testing/index', 'dto/index', 'health/index', 'http/index', 'browser/index'].map(
    (entry) => `../lib/${entry}.ts`,
  ),
  tsconfig: '../tsconfig.build.json',
  plugin: ['typedoc-plugin-markdown', 'typedoc-vitepress-theme', '../.ci/docs/typedoc-plugin.mjs'],
  out: 'api',
  docsRoot: '.',
  readme: 'none',

  // What is public
  excludeInternal: true,
  excludePrivate: true,
  excludeExternals: true,
  modifierTags: ['@publicApi', '@internal'],
  excludeTags: ['@publicApi'],

  // A link that leads nowhere stops the build. Types that no entry exports are shown by their name.
  validation: { invalidLink: true, invalidPath: true, rewrittenLink: true, notExported: false, notDocumented: false },
  treatValidationWarningsAsErrors: true,

  // How pages look
  router: 'member',
  sort: ['kind', 'alphabetical'],
  disableSources: true,
  hidePageHeader: true,
  indexFormat: 'table',
  parametersFormat: 'table',
  typeDeclarationFormat: 'table',
  pageTitleTemplates: {
    index: 'API reference',
    module: '{name}',
    // Without type parameters, which follow below.
    member: ({ kind, name }) => `${kind}: ${name.replace(/\\<.*$/, '')}`,
  },
};
