import type { TriggerEvent } from './trigger-event.js';

/**
 * A user's groups and roles.
 *
 * @publicApi
 */
export interface GroupConfiguration {
  groupsToOverride?: string[];
  iamRolesToOverride?: string[];
  preferredRole?: string | null;
}

interface TokenRequest {
  userAttributes: Record<string, string>;
  /** Null in a client credentials grant. */
  groupConfiguration: GroupConfiguration | null;
  clientMetadata?: Record<string, string> | undefined;
}

/**
 * Changes to the claims of one token. Suppressing a claim wins over adding it.
 *
 * @publicApi
 */
export interface ClaimChanges<Value = unknown> {
  claimsToAddOrOverride?: Record<string, Value>;
  claimsToSuppress?: string[];
}

/**
 * Changes to the claims and scopes of the access token.
 *
 * @publicApi
 */
export interface AccessTokenChanges extends ClaimChanges {
  scopesToAdd?: string[];
  scopesToSuppress?: string[];
}

/** Omitted: the groups stay. Null or empty: no groups. */
interface GroupChanges {
  groupOverrideDetails?: GroupConfiguration | null;
}

/**
 * TokenGeneration_… version 1: changes the ID token, and the groups in both tokens. Values are strings.
 *
 * @publicApi
 */
export type PreTokenGenerationEvent = TriggerEvent<
  TokenRequest,
  { claimsOverrideDetails: (ClaimChanges<string> & GroupChanges) | null }
>;

/**
 * TokenGeneration_… versions 2 and 3: change both tokens. Values are any JSON. Version 3 also runs for the client
 * credentials grant.
 *
 * @publicApi
 */
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
