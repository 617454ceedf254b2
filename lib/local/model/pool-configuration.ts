import type {
  ReplicaStatusType,
  RiskConfigurationType,
  UICustomizationType,
} from '@aws-sdk/client-cognito-identity-provider';

/** The key of settings that apply to every app client without settings of its own. */
export const ALL_CLIENTS = 'ALL';

/** Threat protection of a pool or of one app client: SetRiskConfiguration. */
export interface RiskConfiguration extends Omit<RiskConfigurationType, 'UserPoolId' | 'ClientId' | 'LastModifiedDate'> {
  /** An app client, or `ALL`. */
  readonly clientId: string;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
}

/** The look of the classic pages, for a pool or for one app client: SetUICustomization. */
export interface UiCustomization extends Pick<UICustomizationType, 'CSS' | 'CSSVersion'> {
  /** An app client, or `ALL`. */
  readonly clientId: string;
  /** Base64. */
  readonly image?: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Epoch milliseconds. */
  readonly modifiedAt: number;
}

/** A copy of a pool in another region: CreateUserPoolReplica. Nothing is served there. */
export interface PoolReplica {
  readonly region: string;
  status: ReplicaStatusType;
  readonly tags: Readonly<Record<string, string>>;
}
