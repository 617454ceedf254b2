const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Markup that needs no escaping. Only `html` makes it. */
export class Html {
  constructor(readonly markup: string) {}
}

/** What a template may contain: text, which is escaped; markup; nothing (false, undefined); or a list of these. */
export type Content = string | number | Html | false | undefined | readonly Content[];

/** Makes markup. Every value that is not markup itself is escaped, for text and for quoted attributes. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  return new Html(strings.reduce((markup, text, index) => markup + render(values[index - 1]) + text));
}

/** Escapes text. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

function render(content: Content): string {
  if (content instanceof Html) {
    return content.markup;
  }
  if (content === false || content === undefined) {
    return '';
  }
  return typeof content === 'object' ? content.map(render).join('') : escapeHtml(String(content));
}
