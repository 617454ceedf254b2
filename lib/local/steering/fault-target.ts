import { operationOf } from '../http/api-route.js';
import { FEDERATION_PATHS } from '../http/federation/idp-response-route.js';
import { MANAGED_LOGIN_PATHS } from '../http/oauth/managed-login-route.js';
import type { HttpRequest } from '../http/route.js';

const WELL_KNOWN = /^\/[^/]+(\/\.well-known\/(?:jwks\.json|openid-configuration))$/;

/** The paths, beside the API's own, at which faults can be played. Those of `.well-known` are the same for every pool. */
export const FAULT_PATHS: readonly string[] = [
  ...MANAGED_LOGIN_PATHS,
  ...FEDERATION_PATHS,
  '/.well-known/jwks.json',
  '/.well-known/openid-configuration',
];

/** What a request asks for: the operation, or the path. Undefined: something of this server alone. */
export function faultTargetOf(request: HttpRequest): string | undefined {
  const path = WELL_KNOWN.exec(request.path)?.[1] ?? request.path;
  return operationOf(request) ?? (FAULT_PATHS.includes(path) ? path : undefined);
}
