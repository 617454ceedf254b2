import { AdminCreateUserCommand, AdminSetUserPasswordCommand } from '@aws-sdk/client-cognito-identity-provider';

import type { LocalService } from './local-service.js';

let count = 0;

/** Creates a confirmed user through the API, with a unique username. */
export async function createUser(
  { cognito, sdk }: Pick<LocalService, 'cognito' | 'sdk'>,
  poolName: string,
  password: string,
  attributes: Readonly<Record<string, string>> = {},
): Promise<string> {
  count += 1;
  const named = { UserPoolId: cognito.pool(poolName).id, Username: `user-${count}` };
  await sdk.send(
    new AdminCreateUserCommand({
      ...named,
      MessageAction: 'SUPPRESS',
      UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
    }),
  );
  await sdk.send(new AdminSetUserPasswordCommand({ ...named, Password: password, Permanent: true }));
  return named.Username;
}
