import type { MarkdownRenderer } from 'vitepress';

const SOURCE = /^<!-- ([^\s>]*[./][^\s>]*) -->\s*$/;
const FILES = 'https://github.com/mandate-nestjs/mandate/blob/main/';

/**
 * What the pages need beyond Markdown:
 * - ` ```mermaid ` becomes a picture, drawn by the component of the theme;
 * - a comment `<!-- path/of/the/file.ts#region -->` above a block of code becomes a link to that file below it;
 * - `README.md`, which GitHub shows for a folder, is the `index.md` of that folder.
 */
export function extendMarkdown(md: MarkdownRenderer): void {
  const fence = md.renderer.rules.fence;
  if (fence === undefined) {
    throw new Error('VitePress has set no rule for blocks of code.');
  }
  md.renderer.rules.fence = (tokens, index, options, env, self) => {
    const token = tokens[index];
    if (token?.info.trim() === 'mermaid') {
      return `<MermaidPicture code="${encodeURIComponent(token.content)}" />\n`;
    }
    return fence(tokens, index, options, env, self) + sourceLink(tokens[index - 1]?.content);
  };
  md.core.ruler.push('readme-is-index', ({ tokens }) => {
    for (const link of tokens.flatMap(({ children }) => children ?? []).filter(({ type }) => type === 'link_open')) {
      const href = link.attrGet('href') ?? '';
      link.attrSet('href', href.replace(/^(?!\w+:)((?:.*\/)?)README\.md/, '$1index.md'));
    }
  });
}

function sourceLink(comment = ''): string {
  const path = SOURCE.exec(comment)?.[1]?.split('#')[0];
  return path === undefined ? '' : `<p class="code-source"><a href="${FILES}${path}">${path}</a></p>\n`;
}
