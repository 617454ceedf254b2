import { clientOfPool, poolById } from '../engine/pools/pool-lookup.js';
import { describeRiskConfiguration, setRiskConfiguration } from '../engine/threat-protection/risk-configuration.js';
import type { Environment } from '../engine/environment.js';
import type { Pool } from '../model/pool.js';
import type { OperationTable } from './operation.js';

/** Threat protection of a pool or an app client: set and describe. */
export const riskConfigurationOperations: OperationTable<'SetRiskConfiguration' | 'DescribeRiskConfiguration'> = {
  SetRiskConfiguration: {
    handle: (environment, { UserPoolId, ClientId, ...settings }) => {
      const pool = poolOfClient(environment, UserPoolId, ClientId);
      return { RiskConfiguration: setRiskConfiguration(environment, pool, ClientId, settings) };
    },
  },
  DescribeRiskConfiguration: {
    handle: (environment, { UserPoolId, ClientId }) => {
      const pool = poolOfClient(environment, UserPoolId, ClientId);
      return { RiskConfiguration: describeRiskConfiguration(pool, ClientId) };
    },
  },
};

function poolOfClient(environment: Environment, poolId: string, clientId: string | undefined): Pool {
  const pool = poolById(environment, poolId);
  if (clientId !== undefined) {
    clientOfPool(pool, clientId);
  }
  return pool;
}
