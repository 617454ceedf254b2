import { attributesByName } from '../engine/users/attribute-rules.js';
import { deleteAttributes } from '../engine/users/delete-attributes.js';
import { updateAttributes } from '../engine/users/update-attributes.js';
import type { OperationTable } from './operation.js';
import { poolAndUser } from './pool-and-user.js';

/** Administrators: user attributes. */
export const adminAttributeOperations: OperationTable<'AdminUpdateUserAttributes' | 'AdminDeleteUserAttributes'> = {
  AdminUpdateUserAttributes: {
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
    handle: (environment, input) => {
      const { pool, user } = poolAndUser(environment, input);
      deleteAttributes(pool, user, input.UserAttributeNames, environment.clock());
      return {};
    },
  },
};
