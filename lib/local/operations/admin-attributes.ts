import { attributesByName } from '../engine/users/attribute-rules.js';
import { deleteAttributes, updateAttributes } from '../engine/users/update-attributes.js';
import { ATTRIBUTES, STRINGS, MAP, required } from './member-rules.js';
import type { OperationTable } from './operation.js';
import { POOL_AND_NAME, poolAndUser } from './pool-and-user.js';

/** Administrators: user attributes. */
export const adminAttributeOperations: OperationTable<'AdminUpdateUserAttributes' | 'AdminDeleteUserAttributes'> = {
  AdminUpdateUserAttributes: {
    members: { ...POOL_AND_NAME, UserAttributes: required(ATTRIBUTES), ClientMetadata: MAP },
    handle: async (environment, input) => {
      await updateAttributes(environment, {
        ...poolAndUser(environment, input),
        attributes: attributesByName(input.UserAttributes),
        clientMetadata: input.ClientMetadata,
      });
      return {};
    },
  },
  AdminDeleteUserAttributes: {
    members: { ...POOL_AND_NAME, UserAttributeNames: required(STRINGS) },
    handle: (environment, input) => {
      const { pool, user } = poolAndUser(environment, input);
      deleteAttributes(pool, user, input.UserAttributeNames, environment.clock());
      return {};
    },
  },
};
