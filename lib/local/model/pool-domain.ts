import type { CustomDomainConfigType, RoutingType } from '@aws-sdk/client-cognito-identity-provider';

/** A domain of a pool: CreateUserPoolDomain. */
export interface PoolDomain {
  /** The prefix, or the whole name of a custom domain. */
  readonly name: string;
  /** 1: classic hosted UI. 2: managed login. */
  managedLoginVersion: number;
  /** Present for a custom domain. */
  custom?: CustomDomainConfigType;
  routing?: RoutingType;
}
