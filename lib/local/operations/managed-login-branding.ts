import {
  brandingById,
  brandingOfClient,
  createBranding,
  deleteBranding,
  describeBranding,
  updateBranding,
} from '../engine/pools/brandings.js';
import { clientOfPool, poolById } from '../engine/pools/pool-lookup.js';
import type { OperationTable } from './operation.js';
import { poolAndClient } from './pool-and-client.js';

/**
 * Branding styles: create, describe, update and delete. ReturnMergedResources changes nothing: the embedded Cognito has no
 * default values to merge.
 */
export const managedLoginBrandingOperations: OperationTable<
  | 'CreateManagedLoginBranding'
  | 'DescribeManagedLoginBranding'
  | 'DescribeManagedLoginBrandingByClient'
  | 'UpdateManagedLoginBranding'
  | 'DeleteManagedLoginBranding'
> = {
  CreateManagedLoginBranding: {
    handle: (environment, { UserPoolId, ClientId, ...values }) => {
      const { pool, client } = poolAndClient(environment, { UserPoolId, ClientId });
      return { ManagedLoginBranding: describeBranding(pool, createBranding(environment, pool, client.id, values)) };
    },
  },
  DescribeManagedLoginBranding: {
    handle: (environment, input) => {
      const pool = poolById(environment, input.UserPoolId);
      return { ManagedLoginBranding: describeBranding(pool, brandingById(pool, input.ManagedLoginBrandingId)) };
    },
  },
  DescribeManagedLoginBrandingByClient: {
    handle: (environment, input) => {
      const pool = poolById(environment, input.UserPoolId);
      const client = clientOfPool(pool, input.ClientId);
      return { ManagedLoginBranding: describeBranding(pool, brandingOfClient(pool, client.id)) };
    },
  },
  UpdateManagedLoginBranding: {
    handle: (environment, { UserPoolId = '', ManagedLoginBrandingId, ...values }) => {
      const pool = poolById(environment, UserPoolId);
      const branding = brandingById(pool, ManagedLoginBrandingId);
      updateBranding(environment, pool, branding, values);
      return { ManagedLoginBranding: describeBranding(pool, branding) };
    },
  },
  DeleteManagedLoginBranding: {
    handle: (environment, input) => {
      const pool = poolById(environment, input.UserPoolId);
      deleteBranding(pool, brandingById(pool, input.ManagedLoginBrandingId));
      return {};
    },
  },
};
