import type { ClientSecretDescriptorType } from '@aws-sdk/client-cognito-identity-provider';

import { CognitoFault, invalidParameter } from '../engine/cognito-fault.js';
import { newSecret } from '../engine/pools/create-client.js';
import type { AppClientSecret } from '../model/app-client.js';
import type { OperationTable } from './operation.js';
import { pageOf } from './pages.js';
import { poolAndClient } from './pool-and-client.js';

const MAX_SECRETS = 2;

/** Secrets of an app client. Two can be active at once, so that a secret can be rotated without an outage. */
export const clientSecretOperations: OperationTable<
  'AddUserPoolClientSecret' | 'ListUserPoolClientSecrets' | 'DeleteUserPoolClientSecret'
> = {
  AddUserPoolClientSecret: {
    handle: (environment, { ClientSecret, ...input }) => {
      const { client } = poolAndClient(environment, input);
      if (client.secrets.length >= MAX_SECRETS) {
        throw new CognitoFault('LimitExceededException', `A client cannot have more than ${MAX_SECRETS} secrets.`);
      }
      const secret = newSecret(environment, client.id, ClientSecret);
      client.secrets.push(secret);
      const value = ClientSecret === undefined && { ClientSecretValue: secret.value };
      return { ClientSecretDescriptor: { ...describeSecret(secret), ...value } };
    },
  },
  ListUserPoolClientSecrets: {
    handle: (environment, { NextToken, ...input }) => {
      const { client } = poolAndClient(environment, input);
      const { items } = pageOf(client.secrets, undefined, NextToken, {
        keyOf: ({ createdAt, id }) => [createdAt, id],
      });
      return { ClientSecrets: items.map(describeSecret) };
    },
  },
  DeleteUserPoolClientSecret: {
    handle: (environment, { ClientSecretId, ...input }) => {
      const { client } = poolAndClient(environment, input);
      if (!client.secrets.some(({ id }) => id === ClientSecretId)) {
        throw new CognitoFault('ResourceNotFoundException', `Client secret ${ClientSecretId} does not exist.`);
      }
      if (client.secrets.length === 1) {
        throw invalidParameter('The last secret of a client cannot be deleted.');
      }
      client.secrets = client.secrets.filter(({ id }) => id !== ClientSecretId);
      return {};
    },
  },
};

function describeSecret({ id, createdAt }: AppClientSecret): ClientSecretDescriptorType {
  return { ClientSecretId: id, ClientSecretCreateDate: new Date(createdAt) };
}
