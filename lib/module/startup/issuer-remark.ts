import type { MandateModuleOptions } from '../options.js';

type IssuerOptions = Pick<MandateModuleOptions, 'userPoolId' | 'endpoint' | 'issuer' | 'jwks'>;

/** The user pool that an issuer of Cognito, or of an emulator of the same form, names; undefined for another form. */
export function poolOfIssuer(issuer: string): string | undefined {
  return /\/([\w-]+_[0-9a-zA-Z]+)$/.exec(issuer)?.[1];
}

/** What is odd about the addresses among the options; undefined if nothing is. */
export function issuerRemark({ userPoolId, endpoint, issuer, jwks }: IssuerOptions): string | undefined {
  const named = issuer === undefined ? undefined : poolOfIssuer(issuer);
  if (named !== undefined && named !== userPoolId) {
    return `The option "issuer" names the user pool "${named}", and the option "userPoolId" is "${userPoolId}". Check both.`;
  }
  // With keys of its own a test signs tokens as AWS would, and calls nobody.
  if (endpoint !== undefined && issuer === undefined && jwks === undefined && !isOfAws(endpoint)) {
    return 'The option "endpoint" is not an address of AWS, but the guard accepts tokens of AWS only, because the option "issuer" is not set. Set it to the issuer of the emulator.';
  }
  return undefined;
}

/** An endpoint of AWS, with FIPS, dual stack or in a VPC. */
function isOfAws(endpoint: string): boolean {
  return /(?:^|\.)(?:amazonaws\.com|amazonaws\.com\.cn|amazonaws\.eu|api\.aws|api\.amazonwebservices\.com\.cn)$/.test(
    new URL(endpoint).hostname,
  );
}
