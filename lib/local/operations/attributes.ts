import { invalidParameter } from '../engine/cognito-fault.js';
import { bearerOf } from '../engine/tokens/access-token.js';
import { countAttempt } from '../engine/users/attempt-limits.js';
import { assertWritable, attributesByName } from '../engine/users/attribute-rules.js';
import { checkCode, forgetCode, sendCode } from '../engine/users/codes.js';
import { deleteAttributes } from '../engine/users/delete-attributes.js';
import { confirmAttribute, updateAttributes } from '../engine/users/update-attributes.js';
import type { Channel } from '../engine/messages/outgoing-message.js';
import type { OperationTable } from './operation.js';

const ADDRESS_NAMES: Readonly<Record<Channel, string>> = { email: 'email address', phone_number: 'phone number' };

/** Attributes of the signed-in user. */
export const attributeOperations: OperationTable<
  'UpdateUserAttributes' | 'DeleteUserAttributes' | 'GetUserAttributeVerificationCode' | 'VerifyUserAttribute'
> = {
  UpdateUserAttributes: {
    handle: async (environment, input) => {
      const { pool, client, user } = await bearerOf(environment, input.AccessToken);
      const attributes = attributesByName(input.UserAttributes);
      assertWritable(pool, client, Object.keys(attributes));
      const change = { pool, client, user, attributes, clientMetadata: input.ClientMetadata };
      return { CodeDeliveryDetailsList: await updateAttributes(environment, change) };
    },
  },
  DeleteUserAttributes: {
    handle: async (environment, { AccessToken, UserAttributeNames }) => {
      const { pool, client, user } = await bearerOf(environment, AccessToken);
      assertWritable(pool, client, UserAttributeNames);
      deleteAttributes(pool, user, UserAttributeNames, environment.clock());
      return {};
    },
  },
  GetUserAttributeVerificationCode: {
    handle: async (environment, input) => {
      const { pool, client, user } = await bearerOf(environment, input.AccessToken);
      const channel = channelOf(input.AttributeName);
      const to = user.pendingAttributes[channel] ?? user.attributes[channel];
      if (to === undefined) {
        throw invalidParameter(`User does not have a valid registered ${ADDRESS_NAMES[channel]}`);
      }
      countAttempt(environment, user, 'GetUserAttributeVerificationCode');
      const details = await sendCode(environment, `verify-${channel}`, {
        pool,
        user,
        channel,
        to,
        kind: 'VerifyUserAttribute',
        clientId: client.id,
        clientMetadata: input.ClientMetadata,
      });
      return { CodeDeliveryDetails: details };
    },
  },
  VerifyUserAttribute: {
    handle: async (environment, { AccessToken, AttributeName, Code }) => {
      const { pool, user } = await bearerOf(environment, AccessToken);
      const channel = channelOf(AttributeName);
      countAttempt(environment, user, 'VerifyUserAttribute');
      confirmAttribute(pool, user, checkCode(environment, user, `verify-${channel}`, Code));
      forgetCode(user, `verify-${channel}`);
      user.modifiedAt = environment.clock();
      return {};
    },
  },
};

function channelOf(name: string): Channel {
  if (name !== 'email' && name !== 'phone_number') {
    throw invalidParameter('Invalid attribute name. Only phone_number and email can be verified.');
  }
  return name;
}
