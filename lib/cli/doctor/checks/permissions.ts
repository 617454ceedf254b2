import type { MandateErrorCode } from '../../../errors/error-codes.js';
import { codeOf, type Connection } from '../connection.js';
import { fault, type Finding, ok } from '../finding.js';
import { PRIVILEGED_CALLS, UNCHECKED_OPERATIONS } from '../privileged-calls.js';
import { credentialsFinding } from './client-description.js';

/** Refusals that concern all calls. */
const OF_CREDENTIALS: ReadonlySet<MandateErrorCode> = new Set<MandateErrorCode>([
  'AWS_CREDENTIALS_MISSING',
  'AWS_CREDENTIALS_INVALID',
  'SERVICE_UNAVAILABLE',
  'TOO_MANY_REQUESTS',
]);

/** Which permissions of `CognitoAdminService` are missing, with `--admin`. */
export async function checkPermissions({ settings, client, appClient }: Connection): Promise<Finding[]> {
  if (!settings.admin) {
    return [];
  }
  const denied: string[] = [];
  // One after the other: Cognito limits how many privileged calls it takes in a second.
  for (const [operation, call] of Object.entries(PRIVILEGED_CALLS)) {
    const code = await codeOf(() => call(client, appClient));
    if (code !== undefined && OF_CREDENTIALS.has(code)) {
      return [credentialsFinding(code)];
    }
    if (code === 'AWS_ACCESS_DENIED') {
      denied.push(`cognito-idp:${operation}`);
    }
  }
  const unchecked = UNCHECKED_OPERATIONS.map((operation) => `cognito-idp:${operation}`).join(', ');
  return [
    denied.length === 0
      ? ok('permissions', `AWS allows all calls of CognitoAdminService; ${unchecked} cannot be tried without a change.`)
      : fault(
          'permissions',
          `AWS denies ${denied.join(', ')}.`,
          'Allow those that the application calls in the policy of its role.',
        ),
  ];
}
