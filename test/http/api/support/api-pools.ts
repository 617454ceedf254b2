import type { ApiOptions } from './api-app.js';
import type { LocalPoolOptions } from '../../../../lib/testing/index.js';
import {
  CHOICE,
  CUSTOM,
  DEVICES,
  DEVICES_WITH_CONSENT,
  FAMILY_NAMES,
  OPTIONAL_MFA,
  REQUIRED_MFA,
} from '../../../user/factor-pools.js';

/** A pool of the table, with the settings of its API. */
export interface ApiPool {
  readonly pool: LocalPoolOptions;
  /** Settings of the app client. */
  readonly client?: object;
  readonly api?: ApiOptions;
}

const API_POOLS = [
  { pool: { name: 'plain' } },
  { pool: { name: 'plain-aliases', AliasAttributes: ['email'] }, api: { showDelivery: true, revealUsers: true } },
  { pool: { name: 'plain-emails', UsernameAttributes: ['email'] } },
  { pool: FAMILY_NAMES },
  { pool: OPTIONAL_MFA, api: { totpIssuer: 'Example' } },
  { pool: REQUIRED_MFA },
  { pool: CHOICE, api: { flows: ['USER_AUTH', 'USER_SRP_AUTH', 'USER_PASSWORD_AUTH'], autoSignIn: true } },
  { pool: CUSTOM, api: { flows: ['CUSTOM_AUTH'] } },
  { pool: { ...DEVICES, name: 'devices-aliases', AliasAttributes: ['email'] } },
  { pool: DEVICES_WITH_CONSENT },
  {
    pool: { name: 'rotation' },
    client: { RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 } },
  },
] as const satisfies ApiPool[];

/** The names of the pools, which are the last part of the prefix of their API. */
export type ApiPoolName = (typeof API_POOLS)[number]['pool']['name'];

/** One of each kind that an API is used with. */
export const apiPools = (): readonly ApiPool[] => API_POOLS;
