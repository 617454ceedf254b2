import { Logger } from '@nestjs/common';

import type { CallObserver, ObservedCall } from '../../client/call-observer.js';
import type { MandateError } from '../../errors/mandate-error.js';
import { readUnverifiedClaims } from '../../protocol/unverified-claims.js';
import { trustedIssuers } from '../../tokens/pool-verifier.js';
import { isObject } from '../../types/is-object.js';
import type { ResolvedMandateOptions } from '../resolve-options.js';
import { issuerRemark, poolOfIssuer } from './issuer-remark.js';

type LoggedOptions = Pick<
  ResolvedMandateOptions,
  'userPoolId' | 'clientId' | 'region' | 'replicaRegions' | 'endpoint' | 'issuer' | 'jwks'
>;

/**
 * Explains faults of the set-up in the log, each kind once: callers learn nothing of it, and what Cognito answers often
 * looks like a mistake of theirs.
 */
export class SetUpLog implements CallObserver {
  readonly #logger = new Logger('MandateModule');
  readonly #written = new Set<string>();
  readonly #issuers: readonly string[];
  /** Nothing is left to find out once the tokens of a sign-in were those of the pool. */
  #isProven = false;

  constructor(
    private readonly pool: string,
    private readonly options: LoggedOptions,
  ) {
    this.#issuers = trustedIssuers(options).flat();
    const remark = issuerRemark(options);
    if (remark !== undefined) {
      this.#write('warn', 'issuer', remark);
    }
  }

  succeeded(_call: ObservedCall, output: object): void {
    if (!this.#isProven && 'AuthenticationResult' in output) {
      this.#compare(output.AuthenticationResult);
    }
  }

  failed({ operation, input }: ObservedCall, error: MandateError): void {
    if (error.status === 500) {
      this.#write('error', error.code, `${operation}: ${error.message} See ${error.docsUrl}`);
    } else if (error.code === 'CREDENTIALS_INVALID' && !this.#isProven && isSrpProof(input)) {
      this.#write(
        'warn',
        error.code,
        `Cognito refused a password by SRP, and has accepted none since the start. If users are sure of their passwords, check the option "userPoolId": SRP includes it, so with the id of another pool every password looks wrong.`,
      );
    }
  }

  /** The issuer of tokens that Cognito has just sent is that of the pool in which users sign in. */
  #compare(result: unknown): void {
    const token: unknown = isObject(result) ? result['AccessToken'] : undefined;
    const issuer = typeof token === 'string' ? readUnverifiedClaims(token)?.['iss'] : undefined;
    if (typeof issuer !== 'string') {
      return;
    }
    this.#isProven = true;
    const { userPoolId } = this.options;
    const actual = poolOfIssuer(issuer);
    if (actual !== undefined && actual !== userPoolId) {
      this.#write(
        'error',
        'userPoolId',
        `The app client of the option "clientId" belongs to the user pool "${actual}". Check the option "userPoolId", which is "${userPoolId}".`,
      );
    } else if (!this.#issuers.includes(issuer)) {
      this.#write(
        'error',
        'issuer',
        `Cognito issues tokens as "${issuer}", which the guard rejects. Check the options "issuer", "region" and "replicaRegions".`,
      );
    }
  }

  #write(level: 'warn' | 'error', kind: string, text: string): void {
    if (!this.#written.has(kind)) {
      this.#written.add(kind);
      this.#logger[level](`Pool "${this.pool}": ${text}`);
    }
  }
}

function isSrpProof(input: object): boolean {
  return 'ChallengeName' in input && input.ChallengeName === 'PASSWORD_VERIFIER';
}
