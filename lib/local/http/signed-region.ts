import { isRegion } from '../../protocol/region.js';
import type { HttpRequest } from './route.js';

/** The Region of a credential scope, `<key>/<date>/<region>/cognito-idp/aws4_request`. */
const SCOPE = /^[^/]+\/\d{8}\/([^/]+)\/cognito-idp\/aws4_request$/;
const CREDENTIAL = /^AWS4-HMAC-SHA256 (?:.*[ ,])?Credential=([^\s,]+)/;

/**
 * The Region that a request is signed for (Signature Version 4, in a header or in the query). The signature itself is not
 * verified.
 *
 * @returns undefined for an unsigned request and for a name that is not a Region's.
 */
export function signedRegion({ headers, query }: Pick<HttpRequest, 'headers' | 'query'>): string | undefined {
  const credential = CREDENTIAL.exec(headers.authorization ?? '')?.[1] ?? query.get('X-Amz-Credential') ?? '';
  const region = SCOPE.exec(credential)?.[1];
  return region !== undefined && isRegion(region) ? region : undefined;
}
