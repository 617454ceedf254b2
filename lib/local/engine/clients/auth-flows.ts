import type { AuthFlowType, ExplicitAuthFlowsType } from '@aws-sdk/client-cognito-identity-provider';

import type { AppClient } from '../../model/app-client.js';
import type { SignInFlow } from '../../model/challenge-session.js';
import { invalidParameter } from '../cognito-fault.js';

interface FlowRule {
  /** The entries of ExplicitAuthFlows that turn the flow on. */
  readonly allowedBy: readonly ExplicitAuthFlowsType[];
  /** On as well when ExplicitAuthFlows is empty or holds only entries of the old kind. */
  readonly byDefault: boolean;
  readonly refusal: string;
}

const RULES: Readonly<Record<SignInFlow, FlowRule>> = {
  USER_SRP_AUTH: {
    allowedBy: ['ALLOW_USER_SRP_AUTH'],
    byDefault: true,
    refusal: 'USER_SRP_AUTH is not enabled for the client.',
  },
  CUSTOM_AUTH: {
    allowedBy: ['ALLOW_CUSTOM_AUTH', 'CUSTOM_AUTH_FLOW_ONLY'],
    byDefault: true,
    refusal: 'CUSTOM_AUTH is not enabled for the client.',
  },
  REFRESH_TOKEN_AUTH: {
    allowedBy: ['ALLOW_REFRESH_TOKEN_AUTH', 'CUSTOM_AUTH_FLOW_ONLY'],
    byDefault: true,
    refusal: 'Refresh Token flow not enabled for this client',
  },
  USER_PASSWORD_AUTH: {
    allowedBy: ['ALLOW_USER_PASSWORD_AUTH', 'USER_PASSWORD_AUTH'],
    byDefault: false,
    refusal: 'USER_PASSWORD_AUTH flow not enabled for this client',
  },
  ADMIN_USER_PASSWORD_AUTH: {
    allowedBy: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ADMIN_NO_SRP_AUTH'],
    byDefault: false,
    refusal: 'Auth flow not enabled for this client',
  },
  USER_AUTH: {
    allowedBy: ['ALLOW_USER_AUTH'],
    byDefault: false,
    refusal: 'USER_AUTH flow not enabled for this client',
  },
};

const CUSTOM_ONLY = 'Only custom auth (lambda driven) is enabled for this client.';

/** The one name of a flow. */
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
  const byDefault = rule.byDefault && !customOnly && listed.every((entry) => !entry.startsWith('ALLOW_'));
  if (!byDefault && !rule.allowedBy.some((entry) => listed.includes(entry))) {
    throw invalidParameter(customOnly ? CUSTOM_ONLY : rule.refusal);
  }
}
