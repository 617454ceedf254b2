/**
 * Optional parts of a call, for triggers, threat protection and analytics.
 *
 * @publicApi
 */
export interface CallContext {
  /**
   * ClientMetadata, for the Lambda triggers that the operation runs. Cognito neither validates nor encrypts it: put no
   * secrets in it.
   */
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
  /** The user's address and device. Without it, threat protection sees the address of this server. */
  readonly userContextData?: UserContextData | undefined;
  readonly analyticsMetadata?: AnalyticsMetadata | undefined;
}

/**
 * The user's address and device, for threat protection.
 *
 * @publicApi
 */
export interface UserContextData {
  readonly ipAddress?: string | undefined;
  /** The device fingerprint that Amazon's library collected in the user's browser or app. */
  readonly encodedData?: string | undefined;
}

/**
 * The Amazon Pinpoint endpoint that the call is counted for.
 *
 * @publicApi
 */
export interface AnalyticsMetadata {
  readonly analyticsEndpointId?: string | undefined;
}

/**
 * As `CallContext`, for privileged sign-ins, where threat protection evaluates the user's whole request.
 *
 * @publicApi
 */
export interface AdminCallContext {
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
  readonly contextData?: AdminContextData | undefined;
  readonly analyticsMetadata?: AnalyticsMetadata | undefined;
}

/**
 * The user's request to this server, for threat protection.
 *
 * @publicApi
 */
export interface AdminContextData {
  readonly ipAddress: string;
  readonly serverName: string;
  readonly serverPath: string;
  readonly httpHeaders: Readonly<Record<string, string>>;
  readonly encodedData?: string | undefined;
}

/** The input members of operations that accept all three. */
export function sdkContext({ clientMetadata, userContextData, analyticsMetadata }: CallContext): {
  ClientMetadata: Record<string, string> | undefined;
  UserContextData: { IpAddress: string | undefined; EncodedData: string | undefined } | undefined;
  AnalyticsMetadata: { AnalyticsEndpointId: string | undefined } | undefined;
} {
  return {
    ClientMetadata: clientMetadata,
    UserContextData: userContextData && {
      IpAddress: userContextData.ipAddress,
      EncodedData: userContextData.encodedData,
    },
    AnalyticsMetadata: sdkAnalytics(analyticsMetadata),
  };
}

/** The input members of AdminInitiateAuth and AdminRespondToAuthChallenge. */
export function sdkAdminContext({ clientMetadata, contextData, analyticsMetadata }: AdminCallContext): {
  ClientMetadata: Record<string, string> | undefined;
  ContextData: SdkContextData | undefined;
  AnalyticsMetadata: { AnalyticsEndpointId: string | undefined } | undefined;
} {
  return {
    ClientMetadata: clientMetadata,
    ContextData: contextData && {
      IpAddress: contextData.ipAddress,
      ServerName: contextData.serverName,
      ServerPath: contextData.serverPath,
      HttpHeaders: Object.entries(contextData.httpHeaders).map(([headerName, headerValue]) => ({
        headerName,
        headerValue,
      })),
      EncodedData: contextData.encodedData,
    },
    AnalyticsMetadata: sdkAnalytics(analyticsMetadata),
  };
}

interface SdkContextData {
  IpAddress: string;
  ServerName: string;
  ServerPath: string;
  HttpHeaders: { headerName: string; headerValue: string }[];
  EncodedData: string | undefined;
}

function sdkAnalytics(
  metadata: AnalyticsMetadata | undefined,
): { AnalyticsEndpointId: string | undefined } | undefined {
  return metadata && { AnalyticsEndpointId: metadata.analyticsEndpointId };
}
