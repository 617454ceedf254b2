import type { AppClientSettings } from '../../model/app-client.js';
import { invalidParameter } from '../cognito-fault.js';

/** Hosts of this machine: pages there need no TLS. */
const LOCAL_HOSTS: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Checks the URLs that Cognito may send a browser to: `https`, the scheme of an app, or `http` on this machine.
 *
 * @throws CognitoFault InvalidParameterException
 */
export function assertRedirectUrls(settings: AppClientSettings): void {
  for (const member of ['CallbackURLs', 'LogoutURLs'] as const) {
    for (const url of settings[member] ?? []) {
      assertUrl(url, member);
    }
  }
  const { DefaultRedirectURI: fallback, CallbackURLs: callbacks = [] } = settings;
  if (fallback !== undefined && !callbacks.includes(fallback)) {
    throw invalidParameter(
      `The default redirect URI ${fallback} is not in the callback URIs list.`,
      'DefaultRedirectURI',
    );
  }
}

function assertUrl(url: string, member: string): void {
  if (url.includes('#')) {
    throw invalidParameter(`${url} cannot use fragment`, member);
  }
  if (!URL.canParse(url)) {
    // Not verified against AWS: the text.
    throw invalidParameter(`${url} is not a valid URI.`, member);
  }
  const { protocol, hostname } = new URL(url);
  if (protocol === 'http:' && !LOCAL_HOSTS.includes(hostname)) {
    throw invalidParameter(`${url} cannot use the HTTP protocol.`, member);
  }
}
