import type { StartLoginOptions } from '../../oauth/start-login-options.js';

/** The only parameters of a login request that reach Cognito, and the options that they are. Links can be made by anyone. */
const PARAMETERS = {
  identity_provider: 'identityProvider',
  idp_identifier: 'idpIdentifier',
  login_hint: 'loginHint',
  lang: 'lang',
  page: 'page',
} as const satisfies Readonly<Record<string, keyof StartLoginOptions>>;

/** The name of the parameter that says where to go afterwards. */
const RETURN_TO = 'returnTo';

/** The query of an HTTP request, in the same form on every platform. */
export function queryOf(request: object): URLSearchParams {
  const { originalUrl, url } = request as { readonly originalUrl?: string; readonly url?: string };
  const target = originalUrl ?? url ?? '';
  const start = target.indexOf('?');
  return new URLSearchParams(start < 0 ? '' : target.slice(start));
}

/** How a login request wants the sign-in to start. Parameters that are there twice do not count. */
export function loginOptionsOf(query: URLSearchParams): StartLoginOptions {
  const entries = Object.entries(PARAMETERS).flatMap(([parameter, option]) => {
    const value = onlyValue(query, parameter);
    return value === undefined ? [] : [[option, value]];
  });
  const prompt = onlyValue(query, 'prompt');
  return {
    ...(Object.fromEntries(entries) as StartLoginOptions),
    ...(prompt !== undefined && { prompt: prompt.split(' ') as NonNullable<StartLoginOptions['prompt']> }),
  };
}

/** Where a login request wants to go afterwards. It is unchecked. */
export function returnToOf(query: URLSearchParams): string | undefined {
  return onlyValue(query, RETURN_TO);
}

/** The value of a parameter that is there once. */
export function onlyValue(query: URLSearchParams, name: string): string | undefined {
  const [value, ...others] = query.getAll(name);
  return others.length === 0 && value !== '' ? value : undefined;
}
