import type { ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';

import type { TokenExpectations } from '../../tokens/verifier.js';
import { isPublic, metadataKey, publicAt, type AccessMetadata, type OnInvalidToken } from './access-metadata.js';
import {
  acrAmong,
  allGroups,
  allScopes,
  anyGroup,
  anyScope,
  maxAge,
  noGroup,
  noScope,
  type AccessRequirement,
} from './access-requirements.js';

/**
 * What the decorators of a handler and its class require of a call.
 *
 * @publicApi
 */
export interface AccessPolicy {
  /** Anonymous calls pass; a valid token still identifies the caller. */
  readonly isPublic: boolean;
  /** `reject` unless the handler is public and ignores invalid tokens. */
  readonly onInvalidToken: OnInvalidToken;
  /** Names of the pools whose tokens are accepted; empty for the default pool. */
  readonly pools: readonly string[];
  readonly expectations: TokenExpectations | undefined;
  readonly requirements: readonly AccessRequirement[];
}

type Aspects = Partial<Readonly<AccessMetadata>>;
type Target = Parameters<Reflector['get']>[1];

const REQUIREMENTS = {
  anyGroup,
  allGroups,
  noGroup,
  anyScope,
  allScopes,
  noScope,
  acr: acrAmong,
  maxAgeSeconds: maxAge,
} satisfies { [A in keyof AccessMetadata]?: (value: AccessMetadata[A]) => AccessRequirement };

const REQUIREMENT_NAMES = Object.keys(REQUIREMENTS) as (keyof typeof REQUIREMENTS)[];
const ASPECTS = ['public', 'pools', 'tokenUse', ...REQUIREMENT_NAMES] as const;

/**
 * Reads policies from decorators, once per handler and class. A decorator on a handler overrides the one on its class.
 */
export class AccessPolicies {
  /** The policy of the class that was seen first with a handler; usually it is the only one. */
  readonly #first = new WeakMap<Target, { readonly owner: Target; readonly policy: AccessPolicy }>();
  /** Policies of other classes that inherit a handler, by handler and class. */
  readonly #inherited = new WeakMap<Target, Map<Target, AccessPolicy>>();

  constructor(private readonly reflector: Reflector) {}

  /** @throws MandateConfigurationError if decorators contradict each other. */
  of(context: Pick<ExecutionContext, 'getHandler' | 'getClass'>): AccessPolicy {
    const handler = context.getHandler();
    const owner = context.getClass();
    const first = this.#first.get(handler);
    if (first === undefined) {
      const policy = this.#read(handler, owner);
      this.#first.set(handler, { owner, policy });
      return policy;
    }
    return first.owner === owner ? first.policy : this.#ofHeir(handler, owner);
  }

  #ofHeir(handler: Target, owner: Target): AccessPolicy {
    const byOwner = this.#inherited.get(handler) ?? new Map<Target, AccessPolicy>();
    const policy = byOwner.get(owner) ?? this.#read(handler, owner);
    this.#inherited.set(handler, byOwner.set(owner, policy));
    return policy;
  }

  #read(handler: Target, owner: Target): AccessPolicy {
    return policyOf(this.#aspectsOf(handler), this.#aspectsOf(owner));
  }

  #aspectsOf(target: Target): Aspects {
    const entries = ASPECTS.map(
      (aspect) => [aspect, this.reflector.get<unknown>(metadataKey(aspect), target)] as const,
    );
    const aspects = Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Aspects;
    return isPublic(aspects.public) ? { ...aspects, public: publicAt(target) } : aspects;
  }
}

function policyOf(handler: Aspects, owner: Aspects): AccessPolicy {
  const merged = { ...owner, ...handler };
  const onInvalidToken = publicCall(handler, owner);
  return {
    isPublic: onInvalidToken !== false,
    onInvalidToken: onInvalidToken === false ? 'reject' : onInvalidToken,
    pools: merged.pools ?? [],
    expectations: merged.tokenUse && { tokenUse: merged.tokenUse },
    requirements: onInvalidToken === false ? requirementsOf(merged) : [],
  };
}

/** A class does not make a handler public that has an access decorator of its own. */
function publicCall(handler: Aspects, owner: Aspects): AccessMetadata['public'] {
  return handler.public ?? (Object.keys(handler).length === 0 ? (owner.public ?? false) : false);
}

function requirementsOf(aspects: Aspects): readonly AccessRequirement[] {
  return REQUIREMENT_NAMES.flatMap((name) => {
    const value = aspects[name];
    return value === undefined ? [] : [(REQUIREMENTS[name] as (value: unknown) => AccessRequirement)(value)];
  });
}
