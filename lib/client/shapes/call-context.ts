/** What calls can carry along for triggers and for threat protection. */
export interface CallContext {
  /**
   * For the Lambda triggers that the operation runs. Not encrypted and not stored by Cognito: nothing secret belongs in
   * it.
   */
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
  /** Who is really asking: without it threat protection sees the address of this server. */
  readonly userContextData?: UserContextData | undefined;
  readonly analyticsMetadata?: AnalyticsMetadata | undefined;
}

/** The user's own surroundings. */
export interface UserContextData {
  readonly ipAddress?: string | undefined;
  /** The device fingerprint that Amazon's library made in the user's browser or app. */
  readonly encodedData?: string | undefined;
}

/** The Amazon Pinpoint endpoint to count the call for. */
export interface AnalyticsMetadata {
  readonly analyticsEndpointId?: string | undefined;
}

/** As `CallContext`, for privileged sign-ins, where threat protection takes the whole request. */
export interface AdminCallContext {
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
  readonly contextData?: AdminContextData | undefined;
  readonly analyticsMetadata?: AnalyticsMetadata | undefined;
}

/** The user's request to this server. */
export interface AdminContextData {
  readonly ipAddress: string;
  readonly serverName: string;
  readonly serverPath: string;
  readonly httpHeaders: Readonly<Record<string, string>>;
  readonly encodedData?: string | undefined;
}

/** In the SDK's shape, for the operations that take all three. */
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

/** In the SDK's shape, for AdminInitiateAuth and AdminRespondToAuthChallenge. */
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

/** Names and values in the SDK's list form: ValidationData of SignUp and AdminCreateUser. */
export function sdkValidationData(
  data: Readonly<Record<string, string>> | undefined,
): { Name: string; Value: string }[] | undefined {
  return data && Object.entries(data).map(([Name, Value]) => ({ Name, Value }));
}
