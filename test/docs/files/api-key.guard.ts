import { timingSafeEqual } from 'node:crypto';

import { type ExecutionContext, Injectable } from '@nestjs/common';
import { type AccessPolicy, CognitoAuthGuard, type RequestContext } from 'mandate';

/** Keep digests of your keys in a database. This one is for a test. */
const KEY = 'key-of-the-nightly-import';

/** Asks for an API key where a call has no valid token. */
@Injectable()
export class ApiKeyGuard extends CognitoAuthGuard {
  protected override deny(error: unknown, call: RequestContext, policy: AccessPolicy, context: ExecutionContext) {
    const { transport, headers } = call.source;
    return (transport === 'http' && isKey(headers['x-api-key'])) || super.deny(error, call, policy, context);
  }
}

function isKey(value: unknown): boolean {
  const [given, expected] = [Buffer.from(String(value)), Buffer.from(KEY)];
  return given.length === expected.length && timingSafeEqual(given, expected);
}
