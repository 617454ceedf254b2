import type { CallOrigin } from '../engine/sessions/session-tracking.js';
import type { AppClient } from '../model/app-client.js';

/** The members with which a backend tells about the user's device. */
interface UserContext {
  /** Of administrators' operations. */
  readonly ContextData?: { readonly IpAddress?: string | undefined } | undefined;
  /** Of users' operations. Only a client that may propagate it is believed. */
  readonly UserContextData?: { readonly IpAddress?: string | undefined } | undefined;
}

/** Where a call comes from: the address that a backend passes on, or that of the connection. */
export function callerContext({ settings }: AppClient, input: UserContext, origin: CallOrigin): CallOrigin {
  const propagated = settings.EnablePropagateAdditionalUserContextData ? input.UserContextData?.IpAddress : undefined;
  return { userAgent: origin.userAgent, sourceIp: input.ContextData?.IpAddress ?? propagated ?? origin.sourceIp };
}
