import type { Pool } from '../../model/pool.js';
import { CognitoFault, invalidParameter } from '../cognito-fault.js';
import type { Environment } from '../environment.js';
import { LOCAL_ACCOUNT_ID } from './describe-pool.js';
import { poolById } from './pool-lookup.js';

const USER_POOL_ARN = /^arn:aws[\w-]*:cognito-idp:([\w-]+):(\d{12}):userpool\/([\w-]+_[0-9a-zA-Z]+)$/;

/** The ARN of a pool in a region. */
export function arnOfPool({ id }: Pick<Pool, 'id'>, region: string): string {
  return `arn:aws:cognito-idp:${region}:${LOCAL_ACCOUNT_ID}:userpool/${id}`;
}

/**
 * The pool that an ARN names. Not verified against AWS: the texts.
 *
 * @throws CognitoFault InvalidParameterException for another kind of ARN, ResourceNotFoundException for a pool of
 *   another account or region and for an unknown one.
 */
export function poolByArn(environment: Pick<Environment, 'pools'>, arn: string): Pool {
  const [, region, account, id] = USER_POOL_ARN.exec(arn) ?? [];
  if (id === undefined) {
    throw invalidParameter(`Invalid resource ARN: ${arn}`);
  }
  const pool = poolById(environment, id);
  if (region !== pool.region || account !== LOCAL_ACCOUNT_ID) {
    throw new CognitoFault('ResourceNotFoundException', `User pool ${id} does not exist.`);
  }
  return pool;
}
