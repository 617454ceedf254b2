import type { OperationTable } from './operation.js';

/** Request rates of the account: get and update. */
export const provisionedLimitOperations: OperationTable<'GetProvisionedLimit' | 'UpdateProvisionedLimit'> = {
  GetProvisionedLimit: {
    handle: ({ limits }, { LimitDefinition }) => ({ Limit: limits.get(LimitDefinition) }),
  },
  UpdateProvisionedLimit: {
    handle: ({ limits }, { LimitDefinition, RequestedLimitValue }) => ({
      Limit: limits.set(LimitDefinition, RequestedLimitValue),
    }),
  },
};
