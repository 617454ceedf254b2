import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';

import { LocalCognito } from '../../lib/local/local-cognito.js';
import type { LocalCognitoOptions } from '../../lib/testing/index.js';
import { signingKeysPem } from './signing-keys.js';

/** A running embedded Cognito with an SDK client and a clock under the test's control. */
export interface LocalService {
  readonly cognito: LocalCognito;
  readonly sdk: CognitoIdentityProviderClient;
  /** The server's time, epoch milliseconds. */
  readonly now: () => number;
  /** Advances the server's clock. */
  readonly pass: (milliseconds: number) => void;
  readonly stop: () => Promise<void>;
}

/** Starts an embedded Cognito. Every pool signs with the same generated keys. */
export async function startLocalService(options: LocalCognitoOptions = {}): Promise<LocalService> {
  let offset = 0;
  const pools = (options.pools ?? [{ name: 'default' }]).map((pool) => ({ keys: signingKeysPem(), ...pool }));
  const cognito = await LocalCognito.start({ clock: () => Date.now() + offset, ...options, pools });
  const sdk = new CognitoIdentityProviderClient({
    endpoint: cognito.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
  return {
    cognito,
    sdk,
    now: () => Date.now() + offset,
    pass: (milliseconds) => {
      offset += milliseconds;
    },
    stop: async () => {
      sdk.destroy();
      await cognito.stop();
    },
  };
}
