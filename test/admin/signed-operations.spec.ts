import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import * as Sdk from '@aws-sdk/client-cognito-identity-provider';

/** Signed operations without a method, by the reason. `CognitoClient.send` calls them. */
const LEFT_TO_COGNITO_CLIENT: Readonly<Record<string, readonly string[]>> = {
  'another operation does the same': [
    // updateProfile sets an attribute to null.
    'AdminDeleteUserAttributes',
    // AdminSetUserMFAPreference has replaced it.
    'AdminSetUserSettings',
  ],
  'it sets up pools, which is the work of CDK or Terraform': [
    'AddCustomAttributes',
    'AddUserPoolClientSecret',
    'CreateIdentityProvider',
    'CreateManagedLoginBranding',
    'CreateResourceServer',
    'CreateTerms',
    'CreateUserPool',
    'CreateUserPoolClient',
    'CreateUserPoolDomain',
    'CreateUserPoolReplica',
    'DeleteIdentityProvider',
    'DeleteManagedLoginBranding',
    'DeleteResourceServer',
    'DeleteTerms',
    'DeleteUserPool',
    'DeleteUserPoolClient',
    'DeleteUserPoolClientSecret',
    'DeleteUserPoolDomain',
    'DeleteUserPoolReplica',
    'DescribeIdentityProvider',
    'DescribeManagedLoginBranding',
    'DescribeManagedLoginBrandingByClient',
    'DescribeResourceServer',
    'DescribeRiskConfiguration',
    'DescribeTerms',
    'DescribeTermsByClient',
    'DescribeUserPool',
    'DescribeUserPoolClient',
    'DescribeUserPoolDomain',
    'GetIdentityProviderByIdentifier',
    'GetLogDeliveryConfiguration',
    'GetProvisionedLimit',
    'GetSigningCertificate',
    'GetUICustomization',
    'GetUserPoolClientSessionConfiguration',
    'GetUserPoolMfaConfig',
    'GetUserPoolSessionConfiguration',
    'ListIdentityProviders',
    'ListResourceServers',
    'ListTagsForResource',
    'ListTerms',
    'ListUserPoolClientSecrets',
    'ListUserPoolClients',
    'ListUserPoolReplicas',
    'ListUserPools',
    'SetLogDeliveryConfiguration',
    'SetRiskConfiguration',
    'SetUICustomization',
    'SetUserPoolClientSessionConfiguration',
    'SetUserPoolMfaConfig',
    'SetUserPoolSessionConfiguration',
    'TagResource',
    'UntagResource',
    'UpdateIdentityProvider',
    'UpdateManagedLoginBranding',
    'UpdateProvisionedLimit',
    'UpdateResourceServer',
    'UpdateTerms',
    'UpdateUserPool',
    'UpdateUserPoolClient',
    'UpdateUserPoolDomain',
    'UpdateUserPoolReplica',
  ],
  'it is not about users: CognitoOAuthService.clientToken calls it': ['GetClientToken'],
  'imports have no method yet': [
    'CreateUserImportJob',
    'DescribeUserImportJob',
    'GetCSVHeader',
    'ListUserImportJobs',
    'StartUserImportJob',
    'StopUserImportJob',
  ],
};

/** What test/docs/iam.spec.ts has recorded of all methods of CognitoAdminService. */
function operationsOfMethods(): string[] {
  const policy = JSON.parse(readFileSync(join(__dirname, '../../docs/aws/iam-all.json'), 'utf8')) as {
    readonly Statement: readonly { readonly Action: readonly string[] }[];
  };
  return policy.Statement.flatMap(({ Action }) => Action).map((action) => action.slice('cognito-idp:'.length));
}

describe('the operations of the SDK', () => {
  it('that are signed have a method, or a reason why they have none', () => {
    const client = new Sdk.CognitoIdentityProviderClient({ region: 'eu-west-1' });
    const { httpAuthSchemeProvider } = client.config;
    const signed = Object.keys(Sdk)
      .filter((name) => name.endsWith('Command') && name !== '$Command')
      .map((name) => name.slice(0, -'Command'.length))
      .filter((operation) =>
        httpAuthSchemeProvider({ operation, region: 'eu-west-1' }).every(
          ({ schemeId }) => schemeId === 'aws.auth#sigv4',
        ),
      );
    client.destroy();

    const sorted = [...operationsOfMethods(), ...Object.values(LEFT_TO_COGNITO_CLIENT).flat()].sort();
    expect(sorted).toEqual(signed.sort());
    expect(new Set(sorted).size).toBe(sorted.length);
  });
});
