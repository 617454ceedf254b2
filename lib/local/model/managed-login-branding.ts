import type { AssetType, ManagedLoginBrandingType } from '@aws-sdk/client-cognito-identity-provider';

/** An image of a branding style. As on the wire, `Bytes` is base64. */
export type BrandingAsset = Omit<AssetType, 'Bytes'> & { readonly Bytes?: string };

/** The branding style of an app client: CreateManagedLoginBranding. */
export interface ManagedLoginBranding {
  readonly id: string;
  readonly clientId: string;
  /** The pages look as Cognito provides them. */
  useCognitoProvidedValues: boolean;
  /** Any JSON. */
  settings?: ManagedLoginBrandingType['Settings'];
  assets: readonly BrandingAsset[];
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Epoch milliseconds. */
  modifiedAt: number;
}
