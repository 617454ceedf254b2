/** Longer than what Cognito says about one constraint with its longest pattern. */
const MAX_LENGTH = 1024;

/**
 * A text for a response header, which may come from a request, a trigger or a provider. Clients refuse responses with more
 * than 16 kB of headers, so a long text ends with `...`.
 */
export function shortText(text: string): string {
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}...` : text;
}
