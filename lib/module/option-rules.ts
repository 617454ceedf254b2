import { isCredentials } from '../client/aws-credentials.js';
import { isRegion } from '../protocol/region.js';
import { oauthRule } from './oauth-rules.js';
import type { MandateModuleOptions } from './options.js';
import { revocationRule } from './revocation-rules.js';
import {
  aFunction,
  atLeast,
  functionOr,
  listOf,
  listOfStrings,
  matching,
  nullable,
  object,
  objectOf,
  oneOf,
  optional,
  type OptionRule,
  url,
} from './rule-builders.js';

/** One rule for each option; an option without a rule does not compile. */
export const OPTION_RULES: Readonly<Record<keyof MandateModuleOptions, OptionRule>> = {
  userPoolId: matching(
    (id) => /^(?=.{1,55}$)[\w-]+_[0-9a-zA-Z]+$/.test(id),
    'must be the id of a user pool, such as "eu-west-1_AbCdEfGhI"',
  ),
  clientId: matching(
    (id) => /^[\w+]{1,128}$/.test(id),
    'must be the id of an app client, such as "1h57kf5cpq17m0eml12EXAMPLE"',
  ),
  region: optional(matching(isRegion, 'must be an AWS region, such as "eu-west-1"')),
  clock: optional(aFunction),
  // An unset environment variable often becomes an empty string; accepting it as "no secret" would hide that.
  clientSecret: optional(
    functionOr(
      'must be a non-empty string, or a function that returns one',
      (value) => typeof value === 'string' && value !== '',
    ),
  ),
  endpoint: optional(url),
  credentials: optional(
    functionOr(
      'must be a provider of AWS credentials, or an object with a non-empty "accessKeyId" and "secretAccessKey"',
      isCredentials,
    ),
  ),
  retry: optional(
    objectOf({
      maxAttempts: optional(atLeast(1, 'attempts')),
      baseDelay: optional(atLeast(0, 'milliseconds')),
      maxDelay: optional(atLeast(0, 'milliseconds')),
    }),
  ),
  requestHandler: optional(object('must be a request handler of the AWS SDK, or options of its NodeHttpHandler')),
  requestTimeout: optional(atLeast(1, 'milliseconds')),
  callTimeout: optional(atLeast(1, 'milliseconds')),
  attributes: optional(object('must be the result of defineAttributes()')),
  renewalMethod: optional(oneOf('GetTokensFromRefreshToken', 'REFRESH_TOKEN_AUTH')),
  oauth: optional(oauthRule),
  issuer: optional(url),
  replicaRegions: optional(listOfStrings('AWS regions')),
  jwksUri: optional(url),
  jwks: optional(
    object(
      'must be a JSON Web Key Set: an object with a non-empty list "keys"',
      ({ keys }) => Array.isArray(keys) && keys.length > 0,
    ),
  ),
  jwksAgent: optional(
    object(
      'must be an http.Agent or https.Agent of Node.js. For another HTTP client use "jwksFetcher"',
      ({ addRequest }) => typeof addRequest === 'function',
    ),
  ),
  jwksFetcher: optional(aFunction),
  jwksTimeout: optional(atLeast(1, 'milliseconds')),
  jwksMaxStale: optional(atLeast(0, 'milliseconds')),
  jwksPreload: optional(oneOf(true, false)),
  tokenUse: optional(oneOf('access', 'id', null)),
  acceptedClientIds: optional(nullable(listOfStrings('app client ids'))),
  audiences: optional(nullable(listOfStrings('audiences'))),
  clockToleranceSeconds: optional(atLeast(0, 'seconds')),
  maxTokenLength: optional(atLeast(1, 'characters')),
  tokenCacheSize: optional(atLeast(0, 'tokens')),
  tenants: optional(aFunction),
  revocation: optional(revocationRule),
  customCheck: optional(aFunction),
  onTokenEvent: optional(aFunction),
  verifySetup: optional(oneOf(true, false)),
  guardCoverage: optional(oneOf('required', 'unchecked')),
  extractors: optional(listOf('token extractors', (item) => typeof item === 'function')),
  endConnectionsAtExpiry: optional(oneOf(true, false)),
  loadUser: optional(aFunction),
  realm: optional(matching((text) => /^[\x20-\x7e]+$/.test(text), 'must be printable ASCII text')),
};
