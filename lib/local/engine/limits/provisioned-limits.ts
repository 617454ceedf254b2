import type { LimitDefinitionType, LimitType } from '@aws-sdk/client-cognito-identity-provider';

import { REQUEST_RATE_QUOTAS, type RequestRateQuota } from '../../../protocol/request-rate-quotas.js';
import { CognitoFault, invalidParameter } from '../cognito-fault.js';

/** How far beyond the free rate a limit can be raised here. In AWS the account's maximum in Service Quotas decides. */
const MAX_FACTOR = 100;

/** The rates of the account, which have no effect here. Not verified against AWS: the texts. */
export class ProvisionedLimits {
  private readonly provisioned = new Map<string, number>();

  /** @throws CognitoFault InvalidParameterException, ResourceNotFoundException */
  get(definition: LimitDefinitionType): LimitType {
    const { category, free } = limitOf(definition);
    return {
      LimitDefinition: definition,
      ProvisionedLimitValue: this.provisioned.get(category) ?? free,
      FreeLimitValue: free,
    };
  }

  /** @throws CognitoFault InvalidParameterException, ResourceNotFoundException, ServiceQuotaExceededException */
  set(definition: LimitDefinitionType, requested: number): LimitType {
    const { category, free, adjustable } = limitOf(definition);
    if (requested < free) {
      throw invalidParameter(`RequestedLimitValue must not be lower than the default limit, ${free}.`);
    }
    if (requested !== free && !adjustable) {
      throw invalidParameter(`The limit of the category ${category} cannot be changed.`);
    }
    if (requested > free * MAX_FACTOR) {
      throw new CognitoFault(
        'ServiceQuotaExceededException',
        `RequestedLimitValue exceeds the maximum of the account, ${free * MAX_FACTOR}.`,
      );
    }
    this.provisioned.set(category, requested);
    return this.get(definition);
  }
}

/** The default of a category. */
interface DefaultLimit {
  readonly category: string;
  /** Requests per second that are free. */
  readonly free: number;
  readonly adjustable: boolean;
}

function limitOf({ Attributes = {} }: LimitDefinitionType): DefaultLimit {
  const { Category: category, ...others } = Attributes;
  if (category === undefined || Object.keys(others).length > 0) {
    throw invalidParameter('LimitDefinition must have the attribute Category and no other.');
  }
  const quotas: Readonly<Record<string, RequestRateQuota>> = REQUEST_RATE_QUOTAS;
  const quota = Object.hasOwn(quotas, category) ? quotas[category] : undefined;
  if (quota === undefined) {
    throw new CognitoFault('ResourceNotFoundException', `Category ${category} does not exist.`);
  }
  return { category, free: quota.requestsPerSecond, adjustable: quota.adjustable };
}
