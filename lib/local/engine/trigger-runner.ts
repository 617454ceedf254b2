import { isObject } from '../../types/is-object.js';
import type { Pool } from '../model/pool.js';
import type { EventOf, TriggerName, Triggers } from '../model/triggers.js';
import { CognitoFault } from './cognito-fault.js';

/** `callerContext.clientId` of events without an app client. */
const NO_CLIENT = 'CLIENT_ID_NOT_APPLICABLE';

/** Display names that are not the capitalized trigger name. */
const DISPLAY_NAMES: Readonly<Partial<Record<TriggerName, string>>> = {
  preTokenGenerationV2: 'PreTokenGeneration',
  preTokenGenerationV3: 'PreTokenGeneration',
  customSmsSender: 'CustomSMSSender',
};

/** The input of one trigger invocation. */
export interface TriggerCall<Name extends TriggerName> {
  readonly pool: Pool;
  /** Undefined for administrators' calls. */
  readonly clientId?: string | undefined;
  readonly userName: string;
  /** The suffix of `triggerSource`, after the `_`. */
  readonly source: string;
  readonly request: EventOf<Name>['request'];
  /** The default response, which the trigger fills in. */
  readonly response: EventOf<Name>['response'];
  /** The event's version. Default: '1'. */
  readonly version?: string;
}

/** Invokes the Lambda triggers of all pools. */
export class TriggerRunner {
  private readonly byPool = new Map<string, Triggers>();

  /** Replaces the triggers of a pool. */
  configure(poolId: string, triggers: Triggers): void {
    this.byPool.set(poolId, triggers);
  }

  /** Whether a pool has a trigger. */
  has(poolId: string, name: TriggerName): boolean {
    return this.byPool.get(poolId)?.[name] !== undefined;
  }

  /**
   * Invokes a trigger.
   *
   * @returns the response that the trigger filled in; undefined when the pool has no such trigger.
   * @throws CognitoFault UserLambdaValidationException when the trigger throws, InvalidLambdaResponseException when it
   *   does not return an event.
   */
  async run<Name extends TriggerName>(
    name: Name,
    call: TriggerCall<Name>,
  ): Promise<EventOf<Name>['response'] | undefined> {
    const trigger = this.byPool.get(call.pool.id)?.[name] as ((event: unknown) => unknown) | undefined;
    if (trigger === undefined) {
      return undefined;
    }
    const displayName = DISPLAY_NAMES[name] ?? name.charAt(0).toUpperCase() + name.slice(1);
    const result = await invoke(trigger, eventOf(displayName, call), displayName);
    if (!isEvent(result)) {
      throw unrecognizableOutput();
    }
    return result.response as EventOf<Name>['response'];
  }
}

async function invoke(trigger: (event: unknown) => unknown, event: unknown, displayName: string): Promise<unknown> {
  try {
    return await trigger(event);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw new CognitoFault('UserLambdaValidationException', `${displayName} failed with error ${text}.`, {
      cause: error,
    });
  }
}

/** The event is a deep copy, so that a trigger cannot modify the server's records. */
function eventOf<Name extends TriggerName>(displayName: string, call: TriggerCall<Name>): unknown {
  return structuredClone({
    version: call.version ?? '1',
    triggerSource: `${displayName === 'PreTokenGeneration' ? 'TokenGeneration' : displayName}_${call.source}`,
    region: call.pool.region,
    userPoolId: call.pool.id,
    userName: call.userName,
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: call.clientId ?? NO_CLIENT },
    request: call.request,
    response: call.response,
  });
}

/** InvalidLambdaResponseException: the output of a trigger is invalid. */
export function unrecognizableOutput(): CognitoFault {
  return new CognitoFault('InvalidLambdaResponseException', 'Unrecognizable lambda output');
}

function isEvent(value: unknown): value is { response: unknown } {
  return isObject(value) && isObject(value['response']);
}
