const ERROR_CODE = /^[A-Z][A-Z0-9_]+$/;

/**
 * The anchor of a heading: GitHub's, so that a link works here and there. A heading that is an error code keeps its case,
 * because errors link to `#TOKEN_EXPIRED`.
 */
export function headingId(heading: string): string {
  const text = heading.trim();
  if (ERROR_CODE.test(text)) {
    return text;
  }
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
}
