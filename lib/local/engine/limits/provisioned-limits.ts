import type { LimitDefinitionType, LimitType } from '@aws-sdk/client-cognito-identity-provider';

import { CognitoFault, invalidParameter } from '../cognito-fault.js';

/** How far beyond the free rate a limit can be raised here. In AWS the account's maximum in Service Quotas decides. */
const MAX_FACTOR = 100;

/** Requests per second that are free, by category. */
const FREE: Readonly<Record<string, number>> = {
  UserAuthentication: 120,
  UserCreation: 50,
  UserFederation: 25,
  UserAccountRecovery: 30,
  UserRead: 120,
  UserUpdate: 25,
  UserToken: 120,
  UserResourceRead: 50,
  UserResourceUpdate: 25,
  UserList: 30,
  UserPoolRead: 15,
  UserPoolUpdate: 15,
  UserPoolResourceRead: 20,
  UserPoolResourceUpdate: 15,
  UserPoolClientRead: 15,
  UserPoolClientUpdate: 15,
  ClientAuthentication: 150,
};
/** The categories whose rate AWS does not raise. */
const FIXED: readonly string[] = ['UserAccountRecovery', 'UserUpdate'];

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
    const { category, free } = limitOf(definition);
    if (requested < free) {
      throw invalidParameter(`RequestedLimitValue must not be lower than the default limit, ${free}.`);
    }
    if (requested !== free && FIXED.includes(category)) {
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

function limitOf({ Attributes = {} }: LimitDefinitionType): { readonly category: string; readonly free: number } {
  const { Category: category, ...others } = Attributes;
  if (category === undefined || Object.keys(others).length > 0) {
    throw invalidParameter('LimitDefinition must have the attribute Category and no other.');
  }
  const free = Object.hasOwn(FREE, category) ? FREE[category] : undefined;
  if (free === undefined) {
    throw new CognitoFault('ResourceNotFoundException', `Category ${category} does not exist.`);
  }
  return { category, free };
}
