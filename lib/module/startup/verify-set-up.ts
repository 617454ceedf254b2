import { randomUUID } from 'node:crypto';

import type { AppClient } from '../../client/app-client.js';
import { CognitoClient } from '../../client/cognito-client.js';
import { MandateConfigurationError } from '../../errors/configuration-error.js';
import type { MandateErrorCode } from '../../errors/error-codes.js';
import { MandateError } from '../../errors/mandate-error.js';
import { jwksEndpoint } from '../../tokens/keys/jwks-endpoint.js';
import { KeySetRefusedError } from '../../tokens/keys/jwks-request.js';
import { jwksUriOf } from '../../tokens/keys/issuers.js';
import { trustedIssuers } from '../../tokens/pool-verifier.js';
import { issuerRemark } from './issuer-remark.js';
import { oauthFaults } from './oauth-faults.js';
import type { ResolvedMandateOptions } from '../resolve-options.js';

/** A registration whose options are compared with the pool. */
export interface VerifiedRegistration {
  readonly pool: string;
  readonly options: ResolvedMandateOptions;
  readonly appClient: AppClient;
}

/** What was found: what is wrong, and sentences about what could not be checked. */
export interface SetUpFindings {
  readonly faults: readonly MandateConfigurationError[];
  readonly unchecked: readonly string[];
}

interface Findings {
  readonly faults: MandateConfigurationError[];
  readonly unchecked: string[];
}

/** The option that a refusal is about, and what is wrong with it. Any other refusal comes from a client that answers. */
const FAULTS: Readonly<Partial<Record<MandateErrorCode, readonly [option: string, requirement: string]>>> = {
  CLIENT_NOT_FOUND: [
    'clientId',
    'names no app client that Cognito knows there. Check the options "clientId", "userPoolId" and "region"',
  ],
  POOL_NOT_FOUND: [
    'userPoolId',
    'names no user pool that Cognito knows there. Check the options "userPoolId" and "region"',
  ],
  SECRET_HASH_MISSING: ['clientSecret', 'is required, because the app client has a secret'],
  SECRET_HASH_INVALID: ['clientSecret', 'is not a secret of the app client, or the app client has none'],
  AWS_CREDENTIALS_INVALID: ['credentials', 'are incomplete, or refused by AWS'],
  AWS_CREDENTIALS_MISSING: ['credentials', 'are none: the provider failed or returned nothing'],
};

/** An app client without SRP may still be the right one. */
const UNRELATED: ReadonlySet<MandateErrorCode> = new Set<MandateErrorCode>(['AUTH_FLOW_NOT_ENABLED']);

/**
 * Compares the options of a registration with what Cognito answers: its key set, an unsigned request of the app client, and,
 * with the option `credentials`, the description of the app client. It changes nothing at Cognito.
 */
export async function verifySetUp(registration: VerifiedRegistration): Promise<SetUpFindings> {
  const findings: Findings = { faults: [], unchecked: [] };
  const remark = issuerRemark(registration.options);
  if (remark !== undefined) {
    findings.faults.push(
      new MandateConfigurationError('issuer', `is at odds with other options. ${remark.replace(/\.$/, '')}`),
    );
  }
  // A client of its own: what the check is refused is told by its findings, not by the log of the application's calls.
  const client = new CognitoClient(registration.options);
  try {
    await Promise.all([checkKeySet(registration, findings), checkClient(client, registration, findings)]);
  } finally {
    client.destroy();
  }
  // Both requests may blame the same option.
  const byOption = new Map(findings.faults.map((fault) => [fault.option, fault]));
  return { faults: [...byOption.values()], unchecked: findings.unchecked };
}

async function checkKeySet({ options }: VerifiedRegistration, { faults, unchecked }: Findings): Promise<void> {
  if (options.jwks !== undefined) {
    return;
  }
  const addresses = options.jwksUri === undefined ? trustedIssuers(options).flat().map(jwksUriOf) : [options.jwksUri];
  const transport = { agent: options.jwksAgent, fetcher: options.jwksFetcher };
  const results = await Promise.allSettled(addresses.map((uri) => jwksEndpoint(uri, options.jwksTimeout, transport)()));
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
  // A pool uses one of several forms of the issuer. No pool is without keys.
  if (results.some((result) => result.status === 'fulfilled' && result.value.length > 0)) {
    return;
  }
  if (failures.every((failure) => failure instanceof KeySetRefusedError)) {
    const option = options.jwksUri !== undefined ? 'jwksUri' : options.issuer !== undefined ? 'issuer' : 'userPoolId';
    faults.push(
      new MandateConfigurationError(
        option,
        'leads to no key set: there is no such user pool. Check the options "userPoolId" and "region" too',
      ),
    );
  } else {
    unchecked.push('The signing keys could not be fetched.');
  }
}

async function checkClient(
  client: CognitoClient,
  registration: VerifiedRegistration,
  findings: Findings,
): Promise<void> {
  await attempt(findings, () => askAsClient(client, registration));
  if (registration.options.credentials !== undefined) {
    await attempt(findings, () => describeClient(client, registration, findings));
  }
}

/** A sign-in by SRP that never gets to a password, of a user who does not exist: Cognito checks client and secret first. */
async function askAsClient(client: CognitoClient, { appClient }: VerifiedRegistration): Promise<void> {
  const USERNAME = `mandate-set-up-check-${randomUUID()}`;
  const hash = await appClient.secretHash(USERNAME);
  await client.send('InitiateAuth', {
    ClientId: appClient.clientId,
    AuthFlow: 'USER_SRP_AUTH',
    AuthParameters: { USERNAME, SRP_A, ...(hash === undefined ? {} : { SECRET_HASH: hash }) },
  });
}

/** Any public value of the protocol; its private half is never needed. */
export const SRP_A = 'ab'.repeat(128);

async function describeClient(
  client: CognitoClient,
  { appClient, options: { oauth } }: VerifiedRegistration,
  { faults }: Findings,
): Promise<void> {
  const { UserPoolClient = {} } = await client.send('DescribeUserPoolClient', {
    UserPoolId: appClient.userPoolId,
    ClientId: appClient.clientId,
  });
  const hasSecret = UserPoolClient.ClientSecret !== undefined;
  if (hasSecret !== appClient.hasSecret) {
    const requirement = hasSecret
      ? 'is required, because the app client has a secret'
      : 'must be omitted, because the app client has no secret';
    faults.push(new MandateConfigurationError('clientSecret', requirement));
  }
  if (oauth !== undefined) {
    faults.push(...oauthFaults(UserPoolClient, oauth));
  }
}

async function attempt({ faults, unchecked }: Findings, check: () => Promise<void>): Promise<void> {
  try {
    await check();
  } catch (error) {
    if (error instanceof MandateConfigurationError) {
      faults.push(error);
      return;
    }
    if (!(error instanceof MandateError)) {
      throw error;
    }
    const fault = FAULTS[error.code];
    if (fault !== undefined) {
      faults.push(new MandateConfigurationError(...fault, { cause: error }));
    } else if (UNRELATED.has(error.code)) {
      return;
    } else if (error.status >= 500 || error.code === 'TOO_MANY_REQUESTS' || error.code === 'AWS_ACCESS_DENIED') {
      unchecked.push(`${error.code}: ${error.message}`);
    }
  }
}
