import type { Agent } from 'node:http';

import type { Clock } from '../time/clock.js';
import { timeoutSignal } from '../time/timeout-signal.js';
import { IdleConnections } from './idle-connections.js';
import { untilAborted } from '../time/until-aborted.js';

interface HandleOptions {
  readonly abortSignal?: unknown;
}

/** What this file needs of a request handler of the AWS SDK; the SDK's own type is `any` in most places. */
export interface SdkRequestHandler {
  readonly metadata?: { readonly handlerProtocol: string };
  handle(request: unknown, options?: HandleOptions): Promise<unknown>;
  /** Its agents, among others. Not every handler has it. */
  httpHandlerConfigs?(): { readonly httpAgent?: Agent; readonly httpsAgent?: Agent };
}

/** Options of `CognitoRequestHandler`. */
export interface CognitoRequestHandlerOptions {
  /** Sends the requests. */
  readonly handler: SdkRequestHandler;
  /** The maximum duration until a response begins, in milliseconds. */
  readonly requestTimeout: number;
  readonly clock: Clock;
  /** Closes the connections. */
  readonly destroy: () => void;
}

/**
 * Gives the SDK's request handler, or one of the application, what calls to Cognito need: the timeout of a request, which
 * not every handler keeps, and no request on a connection that the other side may have closed.
 */
export class CognitoRequestHandler {
  readonly #options: CognitoRequestHandlerOptions;
  readonly #connections: IdleConnections;

  constructor(options: CognitoRequestHandlerOptions) {
    this.#options = options;
    this.#connections = new IdleConnections(options.clock);
  }

  /** The credentials providers of the SDK look at the protocol. */
  get metadata(): SdkRequestHandler['metadata'] {
    return this.#options.handler.metadata;
  }

  async handle(request: unknown, options: HandleOptions = {}): Promise<unknown> {
    const { handler, requestTimeout } = this.#options;
    const { httpAgent, httpsAgent } = handler.httpHandlerConfigs?.() ?? {};
    await this.#connections.prune([httpAgent, httpsAgent]);
    const timeout = timeoutSignal(requestTimeout);
    const call = options.abortSignal instanceof AbortSignal ? options.abortSignal : undefined;
    const abortSignal = call === undefined ? timeout.signal : AbortSignal.any([call, timeout.signal]);
    try {
      return await untilAborted(abortSignal, handler.handle(request, { ...options, abortSignal }));
    } catch (error) {
      throw timeout.signal.aborted ? requestTimedOut(requestTimeout) : error;
    } finally {
      timeout.cancel();
      this.#connections.used();
    }
  }

  destroy(): void {
    this.#options.destroy();
  }
}

/** As the SDK names and codes it. */
function requestTimedOut(milliseconds: number): Error {
  return Object.assign(new Error(`No response within ${milliseconds} ms.`), {
    name: 'TimeoutError',
    code: 'ETIMEDOUT',
  });
}
