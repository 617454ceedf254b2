/**
 * Where Cognito sent a code or a message.
 *
 * @publicApi
 */
export interface CodeDelivery {
  readonly medium?: 'EMAIL' | 'SMS';
  /** Masked by Cognito, for example `t***@e***`. With PreventUserExistenceErrors it may be fictitious. */
  readonly destination?: string;
  /** Cognito's name of the attribute that holds the destination. */
  readonly attribute?: string;
}

interface SdkCodeDelivery {
  readonly DeliveryMedium?: 'EMAIL' | 'SMS' | undefined;
  readonly Destination?: string | undefined;
  readonly AttributeName?: string | undefined;
}

/** Translates CodeDeliveryDetails. */
export function readCodeDelivery(details: SdkCodeDelivery): CodeDelivery {
  const { DeliveryMedium: medium, Destination: destination, AttributeName: attribute } = details;
  return {
    ...(medium !== undefined && { medium }),
    ...(destination !== undefined && { destination }),
    ...(attribute !== undefined && { attribute }),
  };
}
