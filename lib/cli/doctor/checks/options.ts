import { MandateConfigurationError } from '../../../errors/configuration-error.js';
import type { MandateModuleOptions } from '../../../module/options.js';
import { type ResolvedMandateOptions, resolveOptions } from '../../../module/resolve-options.js';
import { isRegion, regionOfPool } from '../../../protocol/region.js';
import { fault, type Finding, ok, warning } from '../finding.js';
import type { DoctorSettings } from '../settings.js';

/** What the option is called on the command line and in the environment. */
const SOURCES: Readonly<Record<string, string>> = {
  userPoolId: '--user-pool-id or COGNITO_USER_POOL_ID',
  clientId: '--client-id or COGNITO_CLIENT_ID',
  clientSecret: 'COGNITO_CLIENT_SECRET',
  region: '--region or COGNITO_REGION',
  endpoint: '--endpoint or COGNITO_ENDPOINT',
  issuer: '--issuer or COGNITO_ISSUER',
  'oauth.domain': '--domain or COGNITO_DOMAIN',
  'oauth.redirectUri': '--redirect-uri or COGNITO_REDIRECT_URI',
  'oauth.logoutUri': '--logout-uri or COGNITO_LOGOUT_URI',
  'oauth.scopes': '--scopes',
};

/** The syntax of the options, by the rules of the module. */
export function checkOptions(settings: DoctorSettings): {
  findings: Finding[];
  options: ResolvedMandateOptions | undefined;
} {
  // The rules stop at the first fault; a faulty option is left out to find the others.
  const given = moduleOptions(settings);
  const findings: Finding[] = [];
  let faulty = new Set<string>();
  for (;;) {
    const result = attempt(without(given, faulty));
    if (!(result instanceof MandateConfigurationError)) {
      return findings.length === 0
        ? { findings: regions(settings, result), options: result }
        : { findings, options: undefined };
    }
    findings.push(describe(result));
    const size = faulty.size;
    faulty = new Set([...faulty, result.option.split('.')[0] ?? '']);
    if (faulty.size === size || faulty.has('region')) {
      return { findings, options: undefined };
    }
  }
}

function moduleOptions(settings: DoctorSettings): MandateModuleOptions {
  const { userPoolId, clientId, clientSecret, region, endpoint, issuer, domain, redirectUri, logoutUri, scopes } =
    settings;
  return {
    userPoolId: userPoolId ?? '',
    clientId: clientId ?? '',
    ...{ clientSecret, region, endpoint, issuer },
    ...(domain !== undefined && { oauth: { domain, redirectUri, logoutUri, scopes } }),
  };
}

/** Valid values in place of faulty ones, so that the rules go on to the next. */
const VALID: Readonly<Record<string, string>> = { userPoolId: 'eu-west-1_AbCdEfGhI', clientId: 'client' };

function without(options: MandateModuleOptions, faulty: ReadonlySet<string>): MandateModuleOptions {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [name, faulty.has(name) ? VALID[name] : (value as unknown)]),
  ) as unknown as MandateModuleOptions;
}

function attempt(options: MandateModuleOptions): ResolvedMandateOptions | MandateConfigurationError {
  try {
    return resolveOptions(options, {});
  } catch (error) {
    if (error instanceof MandateConfigurationError) {
      return error;
    }
    throw error;
  }
}

function describe({ option, message }: MandateConfigurationError): Finding {
  const source = SOURCES[option];
  const remedy = source === undefined ? 'Correct it.' : `Set ${source}.`;
  const unset = option === 'clientSecret' ? ' For a client without a secret, leave the variable out.' : '';
  return fault('options', message, remedy + unset);
}

function regions({ region, userPoolId = '' }: DoctorSettings, options: ResolvedMandateOptions): Finding[] {
  const ofPool = regionOfPool(userPoolId);
  if (region !== undefined && isRegion(ofPool) && region !== ofPool) {
    return [
      warning(
        'options',
        `The Region is ${region}, and the id of the pool begins with ${ofPool}.`,
        'That is right only if the pool has a replica there. Otherwise leave the Region out.',
      ),
    ];
  }
  return [ok('options', `Pool ${options.userPoolId}, client ${options.clientId}, Region ${options.region}.`)];
}
