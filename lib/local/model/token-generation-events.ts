import type { TriggerEvent } from './trigger-event.js';

/** A user's groups and roles, in the words of the trigger. */
export interface GroupConfiguration {
  groupsToOverride?: string[];
  iamRolesToOverride?: string[];
  preferredRole?: string | null;
}

interface TokenRequest {
  userAttributes: Record<string, string>;
  /** Null for a client that signs in for itself. */
  groupConfiguration: GroupConfiguration | null;
  clientMetadata?: Record<string, string>;
}

/** Changes to one token's claims. What is suppressed stays away even when it is also added. */
export interface ClaimChanges<Value = unknown> {
  claimsToAddOrOverride?: Record<string, Value>;
  claimsToSuppress?: string[];
}

/** Changes to the access token. */
export interface AccessTokenChanges extends ClaimChanges {
  scopesToAdd?: string[];
  scopesToSuppress?: string[];
}

/** Left out: groups stay. Null or empty: no groups. */
interface GroupChanges {
  groupOverrideDetails?: GroupConfiguration | null;
}

/** TokenGeneration_… in version 1: changes the id token, and the groups of both. Values are strings. */
export type PreTokenGenerationEvent = TriggerEvent<
  TokenRequest,
  { claimsOverrideDetails: (ClaimChanges<string> & GroupChanges) | null }
>;

/** TokenGeneration_… in versions 2 and 3: changes both tokens; values are any JSON. Version 3 also runs for clients. */
export type PreTokenGenerationV2Event = TriggerEvent<
  TokenRequest & { scopes: string[] },
  {
    claimsAndScopeOverrideDetails:
      | ({
          idTokenGeneration?: ClaimChanges | null;
          accessTokenGeneration?: AccessTokenChanges | null;
        } & GroupChanges)
      | null;
  }
>;
