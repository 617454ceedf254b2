import type { DefaultTheme } from 'vitepress';

/**
 * Local search. Of the API reference only the names are found: its hundreds of pages repeat the words of the others.
 * VitePress sends `tokenize` to the reader's browser as text, so it uses nothing from outside.
 */
export const search: NonNullable<DefaultTheme.Config['search']> = {
  provider: 'local',
  options: {
    detailedView: false,
    _render: (source, env, md) =>
      md.render(env.relativePath.startsWith('api/') ? (/^# .*$/m.exec(source)?.[0] ?? '') : source, env),
    miniSearch: {
      options: {
        // `TOKEN_EXPIRED` is one word, and also its parts.
        tokenize: (text) => {
          const words = text.split(/[^\p{L}\p{N}_]+/u);
          return [...words, ...words.filter((word) => word.includes('_')).flatMap((word) => word.split('_'))];
        },
      },
      searchOptions: { fuzzy: 0.2, prefix: true, boost: { title: 4, text: 2, titles: 1 } },
    },
  },
};
