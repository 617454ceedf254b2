import { setLogDelivery } from '../engine/pools/log-delivery.js';
import { poolById } from '../engine/pools/pool-lookup.js';
import type { Pool } from '../model/pool.js';
import type { OperationOutput, OperationTable } from './operation.js';

/** Where a pool delivers its logs: set and get. */
export const logDeliveryOperations: OperationTable<'SetLogDeliveryConfiguration' | 'GetLogDeliveryConfiguration'> = {
  SetLogDeliveryConfiguration: {
    handle: (environment, { UserPoolId, LogConfigurations }) => {
      const pool = poolById(environment, UserPoolId);
      setLogDelivery(pool, LogConfigurations);
      return describeLogDelivery(pool);
    },
  },
  GetLogDeliveryConfiguration: {
    handle: (environment, { UserPoolId }) => describeLogDelivery(poolById(environment, UserPoolId)),
  },
};

function describeLogDelivery({ id, logDelivery = [] }: Pool): OperationOutput<'GetLogDeliveryConfiguration'> {
  return { LogDeliveryConfiguration: { UserPoolId: id, LogConfigurations: [...logDelivery] } };
}
