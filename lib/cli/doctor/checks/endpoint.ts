import http from 'node:http';
import https from 'node:https';

import { isCertificateFailure } from '../../../client/sdk-failure.js';
import { dnsSuffixOf } from '../../../tokens/keys/issuers.js';
import type { Connection } from '../connection.js';
import { fault, type Finding, ok, warning } from '../finding.js';

/** Milliseconds. */
const TIMEOUT = 10_000;

/** Seconds by which clocks may differ. Signatures of AWS fail from 300 on. */
const SKEW = { warning: 30, fault: 300 } as const;

/** Whether Cognito answers, and what time it has. */
export async function checkEndpoint(connection: Connection): Promise<{ findings: Finding[]; isReachable: boolean }> {
  const { options } = connection;
  const endpoint = options.endpoint ?? `https://cognito-idp.${options.region}.${dnsSuffixOf(options.region)}`;
  const name = withoutUserInfo(endpoint);
  try {
    const before = Date.now();
    const date = await dateOf(endpoint);
    const local = (before + Date.now()) / 2;
    return { isReachable: true, findings: [ok('endpoint', `${name} answers.`), ...clock(date, local)] };
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    return {
      isReachable: false,
      findings: [fault('endpoint', `${name} is unreachable (${code || message}).`, remedyOf(code, connection))],
    };
  }
}

/** An address may hold a password, which the report must not. */
function withoutUserInfo(endpoint: string): string {
  return endpoint.replace(/\/\/[^/]*@/, '//');
}

/** The header `Date` of an answer, whatever its status is. A slow server ends it, and its body is not waited for. */
function dateOf(endpoint: string): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const { request } = endpoint.startsWith('https:') ? https : http;
    const sent = request(endpoint, { method: 'GET', headers: { connection: 'close' } }, (response) => {
      resolve(response.headers.date);
      response.destroy();
    });
    const timer = setTimeout(() => {
      sent.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' }));
    }, TIMEOUT);
    sent.once('error', reject);
    sent.once('close', () => {
      clearTimeout(timer);
    });
    sent.end();
  });
}

function clock(date: string | undefined, local: number): Finding[] {
  const remote = date === undefined ? Number.NaN : Date.parse(date);
  if (Number.isNaN(remote)) {
    return [warning('clock', 'The answer has no date to compare the clock with.', 'Check the clock by other means.')];
  }
  // The header has whole seconds, of which half a one is missing on average.
  const skew = Math.round((local - remote - 500) / 1_000);
  const text = `The clock of this machine is ${String(Math.abs(skew))} s ${skew < 0 ? 'behind' : 'ahead of'} that of the endpoint.`;
  const remedy = 'Synchronize it by NTP: tokens expire by it, and AWS refuses signatures from 300 s on.';
  if (Math.abs(skew) > SKEW.fault) {
    return [fault('clock', text, remedy)];
  }
  return Math.abs(skew) > SKEW.warning ? [warning('clock', text, remedy)] : [ok('clock', text)];
}

function remedyOf(code: string, { options, settings }: Connection): string {
  if (isCertificateFailure(code)) {
    return 'Its certificate is not trusted. Set NODE_EXTRA_CA_CERTS to the certificate of your own authority or proxy.';
  }
  const { environment } = settings;
  const proxy = environment['HTTPS_PROXY'] ?? environment['https_proxy'];
  if (proxy !== undefined && environment['NODE_USE_ENV_PROXY'] !== '1') {
    return 'HTTPS_PROXY is set, and Node does not use it. Set NODE_USE_ENV_PROXY=1 (Node 22.21 or 24.5, or later).';
  }
  if (options.endpoint !== undefined) {
    return 'Check COGNITO_ENDPOINT. The embedded Cognito is started by: npx mandate local';
  }
  return code === 'ENOTFOUND' || code === 'EAI_AGAIN'
    ? 'The name is not found by DNS. Check the Region and the network; behind a proxy set HTTPS_PROXY and NODE_USE_ENV_PROXY=1.'
    : 'Check the network and its firewall; behind a proxy set HTTPS_PROXY and NODE_USE_ENV_PROXY=1.';
}
