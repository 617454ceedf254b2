import {
  brandingById,
  brandingOfClient,
  createBranding,
  deleteBranding,
  describeBranding,
  updateBranding,
} from '../engine/pools/brandings.js';
import { clientOfPool, poolById } from '../engine/pools/pool-lookup.js';
import { BOOLEAN, type MemberRule, required, USER_POOL_ID } from './member-rules.js';
import type { OperationTable } from './operation.js';
import { POOL_AND_CLIENT, poolAndClient } from './pool-and-client.js';

const CATEGORIES = [
  'FAVICON_ICO',
  'FAVICON_SVG',
  'EMAIL_GRAPHIC',
  'SMS_GRAPHIC',
  'AUTH_APP_GRAPHIC',
  'PASSWORD_GRAPHIC',
  'PASSKEY_GRAPHIC',
  'PAGE_HEADER_LOGO',
  'PAGE_HEADER_BACKGROUND',
  'PAGE_FOOTER_LOGO',
  'PAGE_FOOTER_BACKGROUND',
  'PAGE_BACKGROUND',
  'FORM_BACKGROUND',
  'FORM_LOGO',
  'IDP_BUTTON_ICON',
];
const BRANDING_ID: MemberRule = {
  type: 'string',
  pattern: '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[4][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$',
};
const VALUES = {
  UseCognitoProvidedValues: BOOLEAN,
  Assets: {
    type: 'structures',
    maxLength: 40,
    element: {
      Category: { type: 'string', required: true, values: CATEGORIES },
      ColorMode: { type: 'string', required: true, values: ['LIGHT', 'DARK', 'DYNAMIC'] },
      Extension: { type: 'string', required: true, values: ['ICO', 'JPEG', 'PNG', 'SVG', 'WEBP'] },
      Bytes: { type: 'string' },
      ResourceId: { type: 'string', minLength: 1, maxLength: 40, pattern: '^[\\w\\- ]+$' },
    },
  },
} as const satisfies Record<string, MemberRule>;
const POOL_AND_BRANDING = { UserPoolId: required(USER_POOL_ID), ManagedLoginBrandingId: required(BRANDING_ID) };

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
    members: { ...POOL_AND_CLIENT, ...VALUES },
    handle: (environment, { UserPoolId, ClientId, ...values }) => {
      const { pool, client } = poolAndClient(environment, { UserPoolId, ClientId });
      return { ManagedLoginBranding: describeBranding(pool, createBranding(environment, pool, client.id, values)) };
    },
  },
  DescribeManagedLoginBranding: {
    members: { ...POOL_AND_BRANDING, ReturnMergedResources: BOOLEAN },
    handle: (environment, input) => {
      const pool = poolById(environment, input.UserPoolId);
      return { ManagedLoginBranding: describeBranding(pool, brandingById(pool, input.ManagedLoginBrandingId)) };
    },
  },
  DescribeManagedLoginBrandingByClient: {
    members: { ...POOL_AND_CLIENT, ReturnMergedResources: BOOLEAN },
    handle: (environment, input) => {
      const pool = poolById(environment, input.UserPoolId);
      const client = clientOfPool(pool, input.ClientId);
      return { ManagedLoginBranding: describeBranding(pool, brandingOfClient(pool, client.id)) };
    },
  },
  UpdateManagedLoginBranding: {
    members: { UserPoolId: USER_POOL_ID, ManagedLoginBrandingId: BRANDING_ID, ...VALUES },
    handle: (environment, { UserPoolId = '', ManagedLoginBrandingId, ...values }) => {
      const pool = poolById(environment, UserPoolId);
      const branding = brandingById(pool, ManagedLoginBrandingId);
      updateBranding(environment, pool, branding, values);
      return { ManagedLoginBranding: describeBranding(pool, branding) };
    },
  },
  DeleteManagedLoginBranding: {
    members: POOL_AND_BRANDING,
    handle: (environment, input) => {
      const pool = poolById(environment, input.UserPoolId);
      deleteBranding(pool, brandingById(pool, input.ManagedLoginBrandingId));
      return {};
    },
  },
};
