/** What a bearer challenge says about the token. */
export interface BearerError {
  readonly error: string;
  readonly description?: string | undefined;
}

/** A parameter of a challenge whose value is quoted (RFC 9110, section 11.2). */
const PARAMETER = /([a-z_]+)\s*=\s*"((?:[^"\\]|\\.)*)"/gi;

/**
 * The error of a header `WWW-Authenticate` (RFC 6750, section 3). Cognito leaves out the name of the scheme, `Bearer`.
 *
 * @returns undefined if the header names no error.
 */
export function readBearerError(header: string): BearerError | undefined {
  const parameters = new Map(
    [...header.matchAll(PARAMETER)].map(([, name = '', value = '']) => [
      name.toLowerCase(),
      value.replaceAll(/\\(.)/g, '$1'),
    ]),
  );
  const error = parameters.get('error');
  return error === undefined || error === '' ? undefined : { error, description: parameters.get('error_description') };
}
