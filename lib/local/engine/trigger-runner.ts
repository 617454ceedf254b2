import type { Pool } from '../model/pool.js';
import type { EventOf, TriggerName, Triggers } from '../model/triggers.js';
import { CognitoFault } from './cognito-fault.js';

/** `clientId` of events that no app client caused. */
const NO_CLIENT = 'CLIENT_ID_NOT_APPLICABLE';

/** Names in messages that are not just the trigger's with a capital letter. */
const TITLES: Readonly<Partial<Record<TriggerName, string>>> = {
  preTokenGenerationV2: 'PreTokenGeneration',
  preTokenGenerationV3: 'PreTokenGeneration',
  customSmsSender: 'CustomSMSSender',
};

/** What a trigger is called with. */
export interface TriggerCall<Name extends TriggerName> {
  readonly pool: Pool;
  /** Undefined for calls of an administrator. */
  readonly clientId?: string | undefined;
  readonly userName: string;
  /** The part after the trigger's name in `triggerSource`. */
  readonly source: string;
  readonly request: EventOf<Name>['request'];
  /** The response to begin with: the defaults. */
  readonly response: EventOf<Name>['response'];
  /** Default `1`. */
  readonly version?: string;
}

/** Runs the triggers of all pools. */
export class TriggerRunner {
  private readonly byPool = new Map<string, Triggers>();

  configure(poolId: string, triggers: Triggers): void {
    this.byPool.set(poolId, triggers);
  }

  has(poolId: string, name: TriggerName): boolean {
    return this.byPool.get(poolId)?.[name] !== undefined;
  }

  /**
   * Runs a trigger and gives the response that it filled in; undefined when the pool has none.
   *
   * @throws CognitoFault UserLambdaValidationException when it threw, InvalidLambdaResponseException when it returned
   *   no event.
   */
  async run<Name extends TriggerName>(
    name: Name,
    call: TriggerCall<Name>,
  ): Promise<EventOf<Name>['response'] | undefined> {
    const trigger = this.byPool.get(call.pool.id)?.[name] as ((event: unknown) => unknown) | undefined;
    if (trigger === undefined) {
      return undefined;
    }
    const title = TITLES[name] ?? name.charAt(0).toUpperCase() + name.slice(1);
    const result = await invoke(trigger, eventOf(title, call), title);
    if (!isEvent(result)) {
      throw unrecognizableOutput();
    }
    return result.response as EventOf<Name>['response'];
  }
}

async function invoke(trigger: (event: unknown) => unknown, event: unknown, title: string): Promise<unknown> {
  try {
    return await trigger(event);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw new CognitoFault('UserLambdaValidationException', `${title} failed with error ${text}.`, { cause: error });
  }
}

/** A copy, as over the wire: a trigger that keeps or changes the event cannot reach into the server. */
function eventOf<Name extends TriggerName>(title: string, call: TriggerCall<Name>): unknown {
  return structuredClone({
    version: call.version ?? '1',
    triggerSource: `${title === 'PreTokenGeneration' ? 'TokenGeneration' : title}_${call.source}`,
    region: call.pool.region,
    userPoolId: call.pool.id,
    userName: call.userName,
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: call.clientId ?? NO_CLIENT },
    request: call.request,
    response: call.response,
  });
}

/** A trigger's answer makes no sense. */
export function unrecognizableOutput(): CognitoFault {
  return new CognitoFault('InvalidLambdaResponseException', 'Unrecognizable lambda output');
}

function isEvent(value: unknown): value is { response: unknown } {
  return isObject(value) && isObject(value['response']);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
