import type { LocalClient, LocalPool } from '../local/local-pool.js';
import type { MandateModuleOptions } from '../module/options.js';
import type { TestTokenIssuer } from './test-token-issuer.js';
import { UNREACHABLE } from './unreachable.js';

/** What names a user pool of AWS, its keys, or the way there. */
const ADDRESSES = {
  clientSecret: undefined,
  endpoint: undefined,
  issuer: undefined,
  jwks: undefined,
  jwksUri: undefined,
  jwksFetcher: undefined,
  jwksAgent: undefined,
  requestHandler: undefined,
  region: undefined,
  replicaRegions: undefined,
} as const satisfies Partial<MandateModuleOptions>;

/** The options of an application, pointed at a pool of an embedded Cognito. All that is no address stays. */
export function pointedAtPool(options: MandateModuleOptions, pool: LocalPool): MandateModuleOptions {
  const client = clientFor(options, pool.clients);
  const target = pool.moduleOptions(client && { client: client.name });
  const { oauth } = options;
  return {
    ...options,
    ...ADDRESSES,
    ...target,
    ...(oauth && { oauth: { ...oauth, domain: target.endpoint } }),
    ...acceptedClients(options, target.clientId),
  };
}

/** The options of an application that accepts the tokens of an issuer, and calls nobody. */
export function pointedAtIssuer(options: MandateModuleOptions, issuer: TestTokenIssuer): MandateModuleOptions {
  const target = issuer.moduleOptions();
  return {
    ...options,
    ...ADDRESSES,
    ...target,
    ...(options.clientSecret !== undefined && { clientSecret: options.clientSecret }),
    ...withoutAws(options),
    ...acceptedClients(options, target.clientId),
  };
}

/** The options of an application that must not reach AWS. An address of its own stays: it may be that of a test. */
export function pointedAtNothing(options: MandateModuleOptions): MandateModuleOptions {
  const { endpoint, jwks, userPoolId } = options;
  if (endpoint !== undefined) {
    return options;
  }
  // Tokens of AWS are refused before their keys are fetched; with keys of its own the application fetches none.
  const issuer = jwks === undefined && { issuer: `${UNREACHABLE}/${userPoolId}` };
  return { ...options, ...issuer, endpoint: UNREACHABLE, ...withoutAws(options) };
}

/** Nothing is asked at the start, and the code of a managed login is sent nowhere. */
function withoutAws({ verifySetup, jwksPreload, oauth }: MandateModuleOptions): Partial<MandateModuleOptions> {
  return {
    ...(oauth && { oauth: { ...oauth, domain: UNREACHABLE } }),
    ...(verifySetup !== undefined && { verifySetup: false }),
    ...(jwksPreload !== undefined && { jwksPreload: false }),
  };
}

/** The client with the id that the application knows; otherwise the first that is as confidential as its own. */
function clientFor(options: MandateModuleOptions, clients: readonly LocalClient[]): LocalClient | undefined {
  const isConfidential = options.clientSecret !== undefined;
  return (
    clients.find(({ id }) => id === options.clientId) ??
    clients.find(({ secret }) => (secret !== undefined) === isConfidential) ??
    clients[0]
  );
}

/** Clients that the application lists stay accepted: tests may create them with the same ids. */
function acceptedClients(
  { acceptedClientIds }: MandateModuleOptions,
  clientId: string,
): Pick<MandateModuleOptions, 'acceptedClientIds'> {
  return Array.isArray(acceptedClientIds)
    ? { acceptedClientIds: [...(acceptedClientIds as readonly string[]), clientId] }
    : {};
}
