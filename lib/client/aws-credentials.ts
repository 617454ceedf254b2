import type { CognitoIdentityProviderClientConfig } from '@aws-sdk/client-cognito-identity-provider';

import { isObject } from '../types/is-object.js';
import { CREDENTIALS_FAILURE, CREDENTIALS_INCOMPLETE } from './sdk-failure.js';

/** AWS credentials, or a function that provides them. */
export type AwsCredentials = NonNullable<CognitoIdentityProviderClientConfig['credentials']>;

/** Whether a value is AWS credentials. Half of them would fail at the first privileged call only, and look like an outage. */
export function isCredentials(value: unknown): boolean {
  return isObject(value) && isText(value['accessKeyId']) && isText(value['secretAccessKey']);
}

/**
 * The credentials for the SDK's client. The application's own function may throw or return anything; the names of the
 * errors distinguish that from an outage.
 */
export function checkedCredentials(credentials: AwsCredentials): AwsCredentials {
  if (typeof credentials !== 'function' && isCredentials(credentials)) {
    return credentials;
  }
  return async (...properties) => {
    const provided = typeof credentials === 'function' ? await provide(() => credentials(...properties)) : credentials;
    if (!isCredentials(provided)) {
      throw isObject(provided) && Object.keys(provided).length > 0
        ? failureNamed(CREDENTIALS_INCOMPLETE, 'The credentials are incomplete.')
        : failureNamed(CREDENTIALS_FAILURE, 'The credentials provider returned nothing.');
    }
    return provided;
  };
}

async function provide<T>(source: () => Promise<T>): Promise<T> {
  try {
    return await source();
  } catch (cause) {
    throw failureNamed(CREDENTIALS_FAILURE, 'The credentials provider failed.', { cause });
  }
}

function failureNamed(name: string, message: string, options?: ErrorOptions): Error {
  return Object.assign(new Error(message, options), { name });
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
