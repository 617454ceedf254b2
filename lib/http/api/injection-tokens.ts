import { Inject, type InjectionToken } from '@nestjs/common';

import { DEFAULT_POOL } from '../../auth/pools/user-pools.js';
import { AuthApi } from './auth-api.js';

/**
 * The injection token of a pool's `AuthApi`.
 *
 * @param pool - the name of the registration. Default: the one without a name.
 * @publicApi
 */
export function getAuthApiToken(pool: string = DEFAULT_POOL): InjectionToken {
  return pool === DEFAULT_POOL ? AuthApi : `mandate:AuthApi:${pool}`;
}

/**
 * Injects the `AuthApi` of a pool.
 *
 * @param pool - the name of the registration. Default: the one without a name, where the type alone injects it too.
 * @publicApi
 */
export const InjectAuthApi = (pool?: string): ParameterDecorator & PropertyDecorator => Inject(getAuthApiToken(pool));
