import { randomUUID } from 'node:crypto';

import type { Clock } from '../../../time/clock.js';
import { within } from '../../../time/within.js';
import type { TriggerContext } from '../../model/trigger-context.js';
import { functionArn, type Handler, type LambdaFunction, LIMIT_MS } from './lambda-function.js';
import { FunctionError, timedOut } from './trigger-faults.js';

/** The identity of a function, for its context. */
export interface FunctionIdentity {
  readonly name: string;
  readonly region: string;
}

type End = (error?: unknown, result?: unknown) => void;

/** Runs a handler in this process as AWS Lambda does. */
export class LocalFunction implements LambdaFunction {
  constructor(
    private readonly handler: Handler,
    private readonly identity: FunctionIdentity,
    /** Tells the time that is left. The limit itself is one of real time. */
    private readonly clock: Clock,
  ) {}

  /** The event is a copy, so that a handler cannot change the server's records; so is the result. Both are what JSON makes of them. */
  async invoke(event: object): Promise<unknown> {
    return asJson(await within(LIMIT_MS, this.run(asJson(event)), timedOut));
  }

  private async run(event: unknown): Promise<unknown> {
    try {
      return await new Promise((resolve, reject) => {
        const end: End = (error, result) => {
          if (error === undefined || error === null) {
            resolve(result);
          } else {
            reject(thrown(error));
          }
        };
        this.call(event, end);
      });
    } catch (error) {
      throw error instanceof FunctionError ? error : thrown(error);
    }
  }

  /** What ends first counts: the value or promise that is returned, or the callback. */
  private call(event: unknown, end: End): void {
    const { handler } = this;
    const returned = handler(event as never, this.context(end), end);
    if (isThenable(returned)) {
      returned.then(
        (result: unknown) => {
          end(null, result);
        },
        (error: unknown) => {
          end(error ?? 'null');
        },
      );
    } else if (returned !== undefined || handler.length < 2) {
      // A handler that takes neither context nor callback cannot end later.
      end(null, returned);
    }
  }

  private context(end: End): TriggerContext {
    const { name, region } = this.identity;
    const deadline = this.clock() + LIMIT_MS;
    return {
      callbackWaitsForEmptyEventLoop: true,
      functionName: name,
      functionVersion: '$LATEST',
      invokedFunctionArn: functionArn(region, name),
      memoryLimitInMB: '128',
      awsRequestId: randomUUID(),
      logGroupName: `/aws/lambda/${name}`,
      logStreamName: 'local',
      getRemainingTimeInMillis: () => Math.max(0, deadline - this.clock()),
      done: end,
      fail: (error) => {
        end(error ?? 'null');
      },
      succeed: (result) => {
        end(null, result);
      },
    };
  }
}

/** As the runtime of Lambda reports what was thrown. */
function thrown(cause: unknown): FunctionError {
  return new FunctionError(cause instanceof Error ? cause.message : String(cause), { cause });
}

function asJson(value: unknown): unknown {
  // Of undefined and of a function there is no text.
  let text: unknown;
  try {
    text = JSON.stringify(value);
  } catch (cause) {
    throw new FunctionError('Unable to stringify response body', { cause });
  }
  return typeof text === 'string' ? (JSON.parse(text) as unknown) : undefined;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | null | undefined)?.then === 'function';
}
