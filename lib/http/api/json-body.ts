import { MandateError } from '../../errors/mandate-error.js';

/**
 * Refuses a body that is not JSON: pages of other sites can send plain text and forms without asking. Other types of JSON,
 * such as `application/vnd.api+json`, are not read by the platforms, and Express would take such a body for an empty one.
 *
 * @throws MandateError CONTENT_TYPE_UNSUPPORTED
 */
export function assertJsonBody(headers: Readonly<Record<string, unknown>>): void {
  const { 'content-type': type, 'content-length': length, 'transfer-encoding': encoding } = headers;
  const hasBody = encoding !== undefined || (length !== undefined && length !== '0');
  if (hasBody && !(typeof type === 'string' && /^application\/json\s*(;|$)/i.test(type))) {
    throw new MandateError(
      'CONTENT_TYPE_UNSUPPORTED',
      'The body must be JSON, with the header "Content-Type: application/json".',
    );
  }
}
