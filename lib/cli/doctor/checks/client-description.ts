import type { MandateErrorCode } from '../../../errors/error-codes.js';
import { type DescribedClient, oauthFaults } from '../../../module/startup/oauth-faults.js';
import { codeOf, type Connection } from '../connection.js';
import { fault, type Finding, ok, skipped, unanswered } from '../finding.js';

/** What DescribeUserPoolClient says, as far as it is checked. */
export interface ClientDescription extends DescribedClient {
  readonly ClientSecret?: string | undefined;
  readonly PreventUserExistenceErrors?: string | undefined;
  readonly RefreshTokenRotation?:
    { readonly Feature?: string | undefined; readonly RetryGracePeriodSeconds?: number | undefined } | undefined;
}

/** The description of the app client, where AWS credentials are there and may read it. */
export async function describeClient({
  client,
  appClient,
  isPrivileged,
}: Connection): Promise<ClientDescription | undefined> {
  if (!isPrivileged) {
    return undefined;
  }
  let description: ClientDescription | undefined;
  // A refusal is told by the check of the permissions, or concerns those who have not asked for it.
  await codeOf(async () => {
    const { UserPoolClient } = await client.send('DescribeUserPoolClient', {
      UserPoolId: appClient.userPoolId,
      ClientId: appClient.clientId,
    });
    description = UserPoolClient;
  });
  return description;
}

/** What the app client allows besides flows: its secret, and the URLs and scopes of managed login. */
export function checkDescription(
  { options, appClient }: Connection,
  description: ClientDescription | undefined,
): Finding[] {
  if (description === undefined) {
    return [skipped('client', 'Without AWS credentials for DescribeUserPoolClient its settings are not read.')];
  }
  const findings: Finding[] = [];
  if (description.ClientSecret === undefined && appClient.hasSecret) {
    findings.push(fault('client', 'The app client has no secret.', 'Remove COGNITO_CLIENT_SECRET.'));
  }
  const { oauth } = options;
  if (oauth !== undefined) {
    const faults = oauthFaults(description, oauth).map(({ message }) =>
      fault('managed-login', message, 'Correct the option, or the app client: URLs must be equal to the letter.'),
    );
    findings.push(...faults);
    if (faults.length === 0 && oauth.redirectUri !== undefined) {
      findings.push(ok('managed-login', 'The app client has the callback URL, the logout URLs and the scopes.'));
    }
  }
  return findings;
}

/** A finding about a refusal of a privileged call. */
export function credentialsFinding(code: MandateErrorCode): Finding {
  switch (code) {
    case 'AWS_CREDENTIALS_MISSING':
      return fault(
        'permissions',
        'There are no AWS credentials.',
        'Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
      );
    case 'AWS_CREDENTIALS_INVALID':
      return fault(
        'permissions',
        'AWS refuses the credentials.',
        'Renew them; check the clock too, which signatures depend on.',
      );
    default:
      return unanswered('permissions', `The permissions could not be checked (${code}).`, code === 'TOO_MANY_REQUESTS');
  }
}
