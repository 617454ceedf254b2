import { MandateArgumentError } from '../../errors/argument-error.js';
import { isRegion } from '../../protocol/region.js';
import { AWS_ISSUER } from '../engine/tokens/issuer.js';
import { checkAllowedOrigins } from '../http/request-origin.js';
import type { LocalCognitoOptions } from './local-cognito.options.js';

const MAX_PORT = 65_535;
/** URLs of an issuer have neither (OpenID Connect Discovery 1.0, section 2). */
const BEYOND_PATH = /[?#@\s]/;

/** Validates where the server is, and who may call it. @throws MandateArgumentError */
export function checkAddress({ port, host, region, issuer, allowedOrigins }: LocalCognitoOptions): void {
  check('port', port, isPort, `must be a number from 0 to ${MAX_PORT}`);
  check('host', host, isText, 'must be an address of this machine, or a name of one');
  check('region', region, isRegionName, 'must look like "us-east-1"');
  check('issuer', issuer, isIssuer, `must be "${AWS_ISSUER}" or a URL such as "http://cognito:9229", without a query`);
  checkAllowedOrigins(allowedOrigins);
}

/** The option `issuer` as issuers start with it: without slashes at the end. */
export function issuerPrefix(issuer: string): string {
  return issuer.replace(/\/+$/, '');
}

function check(name: string, value: unknown, isValid: (value: unknown) => boolean, requirement: string): void {
  if (value !== undefined && !isValid(value)) {
    throw new MandateArgumentError(name, requirement);
  }
}

function isPort(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_PORT;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function isRegionName(value: unknown): boolean {
  return typeof value === 'string' && isRegion(value);
}

function isIssuer(value: unknown): boolean {
  return (
    value === AWS_ISSUER ||
    (typeof value === 'string' && /^https?:\/\//.test(value) && !BEYOND_PATH.test(value) && URL.canParse(value))
  );
}
