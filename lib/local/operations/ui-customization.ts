import type { Environment } from '../engine/environment.js';
import { clientOfPool, poolById } from '../engine/pools/pool-lookup.js';
import { describeUiCustomization, setUiCustomization, uiCustomizationFor } from '../engine/pools/ui-customization.js';
import type { Pool } from '../model/pool.js';
import { ALL_CLIENTS } from '../model/pool-configuration.js';
import type { OperationTable } from './operation.js';

/** The look of the classic pages, for all app clients or one: set and get. */
export const uiCustomizationOperations: OperationTable<'SetUICustomization' | 'GetUICustomization'> = {
  SetUICustomization: {
    handle: (environment, { UserPoolId, ClientId, CSS: css, ImageFile }) => {
      const { pool, clientId } = poolAndClientId(environment, UserPoolId, ClientId);
      // The SDK has bytes where the wire has base64.
      const image = ImageFile as unknown as string | undefined;
      setUiCustomization(environment, pool, clientId, { css, image });
      return { UICustomization: describeUiCustomization(environment, pool, pool.uiCustomizations.get(clientId)) };
    },
  },
  GetUICustomization: {
    handle: (environment, { UserPoolId, ClientId }) => {
      const { pool, clientId } = poolAndClientId(environment, UserPoolId, ClientId);
      return { UICustomization: describeUiCustomization(environment, pool, uiCustomizationFor(pool, clientId)) };
    },
  },
};

function poolAndClientId(
  environment: Environment,
  poolId: string,
  clientId = ALL_CLIENTS,
): { readonly pool: Pool; readonly clientId: string } {
  const pool = poolById(environment, poolId);
  if (clientId !== ALL_CLIENTS) {
    clientOfPool(pool, clientId);
  }
  return { pool, clientId };
}
