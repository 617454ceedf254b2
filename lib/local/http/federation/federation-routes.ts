import type { Environment } from '../../engine/environment.js';
import { IdentityFederation } from '../../engine/federation/identity-federation.js';
import type { Route } from '../route.js';
import { idpResponseRoute } from './idp-response-route.js';
import { playedProviderRoute } from './played-provider-route.js';

/** Lets managed login offer identity providers. @returns the routes that they need. */
export function federationRoutes(environment: Environment): Route[] {
  const federation = new IdentityFederation(environment);
  environment.federation = federation;
  return [idpResponseRoute(environment, federation), playedProviderRoute(federation)];
}
