import type { TermsEnforcementType, TermsSourceType } from '@aws-sdk/client-cognito-identity-provider';

/** Links to a terms document in several languages: CreateTerms. */
export interface Terms {
  readonly id: string;
  readonly clientId: string;
  /** `terms-of-use` or `privacy-policy`. An app client has at most one of each. */
  name: string;
  source: TermsSourceType;
  enforcement: TermsEnforcementType;
  /** URLs by language: `cognito:english`, and `cognito:default` for all others. */
  links: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Epoch milliseconds. */
  modifiedAt: number;
}
