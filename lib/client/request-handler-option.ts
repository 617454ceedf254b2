import type { CognitoIdentityProviderClientConfig } from '@aws-sdk/client-cognito-identity-provider';

import { type AgentOptions, connectionAgents } from './connection-agents.js';

type GivenHandler = CognitoIdentityProviderClientConfig['requestHandler'];

/** The SDK's option `requestHandler`, and what closes the connections. */
export interface RequestHandlerOption {
  readonly requestHandler: NonNullable<GivenHandler>;
  readonly destroy: () => void;
}

/**
 * Completes the option `requestHandler`. A handler of the application is used as it is and not closed.
 *
 * @param connectionTimeout - milliseconds, unless the option says otherwise.
 */
export function requestHandlerOption(given: GivenHandler, connectionTimeout: number): RequestHandlerOption {
  if (given !== undefined && 'handle' in given) {
    return { requestHandler: given, destroy: () => undefined };
  }
  const options = (given ?? {}) as AgentOptions;
  const { destroy, ...agents } = connectionAgents(options);
  return { requestHandler: { connectionTimeout, ...options, ...agents }, destroy };
}
