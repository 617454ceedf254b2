import type { ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';

import type { TokenExpectations } from '../../tokens/verifier.js';
import { isPublicAt, metadataKey, type AccessMetadata } from './access-metadata.js';
import {
  acrAmong,
  allGroups,
  allScopes,
  anyGroup,
  anyScope,
  maxAge,
  noGroup,
  type AccessRequirement,
} from './access-requirements.js';

/** All that the decorators ask of a call. */
export interface AccessPolicy {
  /** Whoever calls is let in; a good token still tells who it is. */
  readonly isPublic: boolean;
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
  allScopes,
  anyScope,
  acr: acrAmong,
  maxAge,
} satisfies { [A in keyof AccessMetadata]?: (value: AccessMetadata[A]) => AccessRequirement };

const REQUIREMENT_NAMES = Object.keys(REQUIREMENTS) as (keyof typeof REQUIREMENTS)[];
const ASPECTS = ['public', 'pools', 'tokenUse', ...REQUIREMENT_NAMES] as const;

/** What was read for a handler: in nearly every application it belongs to one class. */
interface KnownPolicy {
  readonly owner: Target;
  readonly policy: AccessPolicy;
  /** For other classes that inherit the handler. */
  readonly next: KnownPolicy | undefined;
}

/** Reads policies from decorators, once per handler and class. What a handler says beats what its class says. */
export class AccessPolicies {
  readonly #known = new WeakMap<Target, KnownPolicy>();

  constructor(private readonly reflector: Reflector) {}

  /** @throws MandateConfigurationError if decorators contradict each other. */
  of(context: ExecutionContext): AccessPolicy {
    const handler = context.getHandler();
    const owner = context.getClass();
    let known = this.#known.get(handler);
    while (known !== undefined && known.owner !== owner) {
      known = known.next;
    }
    return known === undefined ? this.#read(handler, owner) : known.policy;
  }

  #read(handler: Target, owner: Target): AccessPolicy {
    const policy = policyOf(this.#aspectsOf(handler), this.#aspectsOf(owner));
    this.#known.set(handler, { owner, policy, next: this.#known.get(handler) });
    return policy;
  }

  #aspectsOf(target: Target): Aspects {
    const entries = ASPECTS.map(
      (aspect) => [aspect, this.reflector.get<unknown>(metadataKey(aspect), target)] as const,
    );
    const aspects = Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Aspects;
    return aspects.public === true ? { ...aspects, public: isPublicAt(target) } : aspects;
  }
}

function policyOf(handler: Aspects, owner: Aspects): AccessPolicy {
  const merged = { ...owner, ...handler };
  const isPublic = isPublicCall(handler, owner);
  return {
    isPublic,
    pools: merged.pools ?? [],
    expectations: merged.tokenUse && { tokenUse: merged.tokenUse },
    requirements: isPublic ? [] : requirementsOf(merged),
  };
}

/** A handler that asks for anything is not made public by its class. */
function isPublicCall(handler: Aspects, owner: Aspects): boolean {
  return handler.public ?? (owner.public === true && Object.keys(handler).length === 0);
}

function requirementsOf(aspects: Aspects): readonly AccessRequirement[] {
  return REQUIREMENT_NAMES.flatMap((name) => {
    const value = aspects[name];
    return value === undefined ? [] : [(REQUIREMENTS[name] as (value: unknown) => AccessRequirement)(value)];
  });
}
