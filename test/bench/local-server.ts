import { ClassicLevel } from 'classic-level';

import { LocalCognito } from '../../lib/local/local-cognito.js';

/** A server for `local.ts`, with as many users as asked for, who are kept if there is a directory. */
const [users = '1', directory, fsync] = process.argv.slice(2);
const dataDirectory = directory === '' ? undefined : directory;

if (fsync === 'without-fsync') {
  const batch = Reflect.get(ClassicLevel.prototype, 'batch') as (...args: unknown[]) => unknown;
  Reflect.set(ClassicLevel.prototype, 'batch', function (this: ClassicLevel, operations: unknown, options: object) {
    return Reflect.apply(batch, this, [operations, { ...options, sync: false }]);
  });
}

const cognito = await LocalCognito.start({
  ...(dataDirectory !== undefined && { dataDirectory }),
  pools: [
    {
      name: 'default',
      id: 'us-east-1_Bench0001',
      AliasAttributes: ['email'],
      clients: [{ name: 'web', id: 'benchclient' }],
      users: [{ username: 'bench', password: 'Correct-Horse-9', attributes: { email: 'bench@example.com' } }],
    },
  ],
});
const { body } = await fetch(cognito.endpoint, {
  method: 'POST',
  headers: { 'X-Amz-Target': 'AWSCognitoIdentityProviderService.DescribeUserPool' },
  body: JSON.stringify({ UserPoolId: 'us-east-1_Bench0001' }),
}).then(async (response) => ({ body: (await response.json()) as { UserPool: { EstimatedNumberOfUsers: number } } }));
for (let index = body.UserPool.EstimatedNumberOfUsers; index < Number(users); index++) {
  cognito.pool().createUser({ username: `user-${index}`, attributes: { email: `user-${index}@example.com` } });
  if (index % 1000 === 0) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
process.on('SIGTERM', () => void cognito.stop());
console.log(`listening: ${cognito.endpoint}`);
