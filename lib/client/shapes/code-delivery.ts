/** Where a code or a message went. */
export interface CodeDelivery {
  readonly medium?: 'EMAIL' | 'SMS';
  /** Masked by Cognito: `t***@e***`. With PreventUserExistenceErrors it may be invented. */
  readonly destination?: string;
  /** The attribute that the destination comes from, under Cognito's name. */
  readonly attribute?: string;
}

interface SdkCodeDelivery {
  readonly DeliveryMedium?: 'EMAIL' | 'SMS' | undefined;
  readonly Destination?: string | undefined;
  readonly AttributeName?: string | undefined;
}

/** From the SDK's shape. */
export function readCodeDelivery(details: SdkCodeDelivery): CodeDelivery {
  const { DeliveryMedium: medium, Destination: destination, AttributeName: attribute } = details;
  return {
    ...(medium !== undefined && { medium }),
    ...(destination !== undefined && { destination }),
    ...(attribute !== undefined && { attribute }),
  };
}
