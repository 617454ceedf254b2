import type { AuthFlowType, ExplicitAuthFlowsType } from '@aws-sdk/client-cognito-identity-provider';

import type { AppClient } from '../../model/app-client.js';
import type { SignInFlow } from '../../model/challenge-session.js';
import { invalidParameter } from '../cognito-fault.js';

interface FlowRule {
  /** The entries of ExplicitAuthFlows that enable the flow. */
  readonly allowedBy: readonly ExplicitAuthFlowsType[];
  /** Also enabled when ExplicitAuthFlows is empty or has legacy entries only (those without `ALLOW_`). */
  readonly enabledByDefault: boolean;
  /** The message of the InvalidParameterException. */
  readonly message: string;
}

const RULES: Readonly<Record<SignInFlow, FlowRule>> = {
  USER_SRP_AUTH: {
    allowedBy: ['ALLOW_USER_SRP_AUTH'],
    enabledByDefault: true,
    message: 'USER_SRP_AUTH is not enabled for the client.',
  },
  CUSTOM_AUTH: {
    allowedBy: ['ALLOW_CUSTOM_AUTH', 'CUSTOM_AUTH_FLOW_ONLY'],
    enabledByDefault: true,
    message: 'CUSTOM_AUTH is not enabled for the client.',
  },
  REFRESH_TOKEN_AUTH: {
    allowedBy: ['ALLOW_REFRESH_TOKEN_AUTH', 'CUSTOM_AUTH_FLOW_ONLY'],
    enabledByDefault: true,
    message: 'Refresh Token flow not enabled for this client',
  },
  USER_PASSWORD_AUTH: {
    allowedBy: ['ALLOW_USER_PASSWORD_AUTH', 'USER_PASSWORD_AUTH'],
    enabledByDefault: false,
    message: 'USER_PASSWORD_AUTH flow not enabled for this client',
  },
  ADMIN_USER_PASSWORD_AUTH: {
    allowedBy: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ADMIN_NO_SRP_AUTH'],
    enabledByDefault: false,
    message: 'Auth flow not enabled for this client',
  },
  USER_AUTH: {
    allowedBy: ['ALLOW_USER_AUTH'],
    enabledByDefault: false,
    message: 'USER_AUTH flow not enabled for this client',
  },
};

const CUSTOM_ONLY_MESSAGE = 'Only custom auth (lambda driven) is enabled for this client.';

/** Maps the legacy names of a flow to the current one. */
export function flowOf(name: AuthFlowType): SignInFlow {
  switch (name) {
    case 'ADMIN_NO_SRP_AUTH':
      return 'ADMIN_USER_PASSWORD_AUTH';
    case 'REFRESH_TOKEN':
      return 'REFRESH_TOKEN_AUTH';
    default:
      return name;
  }
}

/** @throws CognitoFault InvalidParameterException when the client does not allow the flow. */
export function assertFlowEnabled(client: AppClient, flow: SignInFlow): void {
  const listed = client.settings.ExplicitAuthFlows ?? [];
  const rule = RULES[flow];
  const customOnly = listed.includes('CUSTOM_AUTH_FLOW_ONLY');
  const enabledByDefault = rule.enabledByDefault && !customOnly && listed.every((entry) => !entry.startsWith('ALLOW_'));
  if (!enabledByDefault && !rule.allowedBy.some((entry) => listed.includes(entry))) {
    throw invalidParameter(customOnly ? CUSTOM_ONLY_MESSAGE : rule.message);
  }
}
