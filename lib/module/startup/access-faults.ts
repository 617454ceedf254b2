import type { AccessPolicies, AccessPolicy } from '../../auth/access/access-policy.js';
import { type AccessMetadata, accessMetadataOf, decoratorNames } from '../../auth/access/access-metadata.js';
import { MandateConfigurationError } from '../../errors/configuration-error.js';
import type { ResolvedMandateOptions } from '../resolve-options.js';
import { FaultsByPlace } from './faults-by-place.js';
import type { Handler } from './handlers.js';

/** A handler with what its decorators require. */
export interface RestrictedHandler {
  readonly handler: Handler;
  readonly policy: AccessPolicy;
  /** The names of the access decorators that are to be enforced there, without `@Public`. */
  readonly decorators: readonly string[];
}

/** Decorators that leave a handler open to everybody, or to nobody. */
interface Contradiction {
  readonly decorator: string;
  readonly explanation: string;
}

/** The option `tokenUse` of a pool, by its name; without a name, that of the default pool. */
export type TokenUses = (pool: string | undefined) => ResolvedMandateOptions['tokenUse'] | undefined;

/** Reads the policy of each handler; those whose decorators contradict each other are faults. */
export function readPolicies(
  handlers: readonly Handler[],
  policies: AccessPolicies,
  tokenUses: TokenUses,
): { restricted: RestrictedHandler[]; faults: MandateConfigurationError[] } {
  const restricted: RestrictedHandler[] = [];
  const contradictions = new FaultsByPlace();
  for (const handler of handlers) {
    const { callback, owner } = handler;
    const metadata = { ...accessMetadataOf(owner), ...accessMetadataOf(callback) };
    const read = policyOf(handler, policies);
    const contradiction = 'decorator' in read ? read : unsatisfiable(metadata, read, tokenUses);
    if ('isPublic' in read) {
      const decorators = decoratorNames(
        isMeantByClass(handler, handlers) ? metadata : accessMetadataOf(callback),
      ).filter((name) => name !== '@Public');
      restricted.push({ handler, policy: read, decorators });
    }
    if (contradiction !== undefined) {
      contradictions.add(contradiction.decorator, handler.name, contradiction.explanation);
    }
  }
  return { restricted, faults: contradictions.errors() };
}

/**
 * Whether the decorators of a class are meant for a handler. A field resolver is reached through a query: those of a class
 * that has queries are meant for these.
 */
function isMeantByClass({ kind, owner }: Handler, handlers: readonly Handler[]): boolean {
  return (
    kind !== 'graphql-field' ||
    !handlers.some(({ kind: other, owner: sibling }) => other === 'graphql' && sibling === owner)
  );
}

function policyOf({ callback, owner }: Handler, policies: AccessPolicies): AccessPolicy | Contradiction {
  try {
    return policies.of({ getHandler: () => callback, getClass: () => owner as never });
  } catch (error) {
    if (!(error instanceof MandateConfigurationError)) {
      throw error;
    }
    const explanation = error.message.slice(error.option.length).trim().replace(/\.$/, '');
    return { decorator: error.option, explanation };
  }
}

/** What no token can meet. */
function unsatisfiable(
  metadata: Partial<AccessMetadata>,
  { isPublic, pools }: AccessPolicy,
  tokenUses: TokenUses,
): Contradiction | undefined {
  if (isPublic) {
    return undefined;
  }
  const { anyGroup, allGroups, noGroup, anyScope, allScopes, noScope, tokenUse } = metadata;
  if ((anyScope ?? allScopes) !== undefined) {
    if (tokenUse !== undefined && !tokenUse.includes('access')) {
      return {
        decorator: '@Scopes',
        explanation: 'can never be met, because @TokenUse accepts no access token there and only these have scopes',
      };
    }
    const accepted: readonly (string | undefined)[] = pools.length === 0 ? [undefined] : pools;
    if (tokenUse === undefined && accepted.every((pool) => tokenUses(pool) === 'id')) {
      return {
        decorator: '@Scopes',
        explanation:
          'can never be met, because the option "tokenUse" accepts ID tokens and only access tokens have scopes. Add @TokenUse(\'access\')',
      };
    }
  }
  return forbidden('@Groups', anyGroup, allGroups, noGroup) ?? forbidden('@Scopes', anyScope, allScopes, noScope);
}

function forbidden(
  decorator: string,
  any: readonly string[] = [],
  all: readonly string[] = [],
  none: readonly string[] = [],
): Contradiction | undefined {
  const isForbidden = (name: string) => none.includes(name);
  const name = all.find(isForbidden) ?? (any.every(isForbidden) ? any[0] : undefined);
  return name === undefined
    ? undefined
    : { decorator, explanation: `can never be met, because it requires "${name}", which ${decorator}.none forbids` };
}
