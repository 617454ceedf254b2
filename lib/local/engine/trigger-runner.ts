import type { Pool } from '../model/pool.js';
import type { EventOf, TriggerName, Triggers } from '../model/triggers.js';
import { isRecognizable } from './triggers/response-shape.js';
import { triggerFault, unrecognizableOutput } from './triggers/trigger-faults.js';
import type { TriggerFunctions } from './triggers/trigger-functions.js';

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
  constructor(private readonly functions: TriggerFunctions) {}

  /** Replaces the triggers of a pool. */
  configure(poolId: string, triggers: Triggers): void {
    this.functions.configure(poolId, triggers);
  }

  /** Loads the modules among triggers or functions; see `TriggerFunctions`. */
  async load(targets: object | undefined, option: string): Promise<void> {
    await this.functions.load({ ...targets }, option);
  }

  /** Whether a pool has a trigger. */
  has(pool: Pool, name: TriggerName): boolean {
    return this.functions.of(pool, name) !== undefined;
  }

  /**
   * Invokes a trigger.
   *
   * @returns the response that the trigger filled in; undefined when the pool has no such trigger.
   * @throws CognitoFault UserLambdaValidationException when the trigger throws, UnexpectedLambdaException when it cannot
   *   be invoked or takes too long, InvalidLambdaResponseException when it does not return an event that Cognito can read.
   */
  async run<Name extends TriggerName>(
    name: Name,
    call: TriggerCall<Name>,
  ): Promise<EventOf<Name>['response'] | undefined> {
    const lambdaFunction = this.functions.of(call.pool, name);
    if (lambdaFunction === undefined) {
      return undefined;
    }
    const displayName = DISPLAY_NAMES[name] ?? name.charAt(0).toUpperCase() + name.slice(1);
    let output: unknown;
    try {
      output = await lambdaFunction.invoke(eventOf(displayName, call));
    } catch (error) {
      throw triggerFault(displayName, error);
    }
    if (!isRecognizable(name, output)) {
      throw unrecognizableOutput();
    }
    return output.response;
  }
}

function eventOf<Name extends TriggerName>(displayName: string, call: TriggerCall<Name>): object {
  return {
    version: call.version ?? '1',
    triggerSource: `${displayName === 'PreTokenGeneration' ? 'TokenGeneration' : displayName}_${call.source}`,
    region: call.pool.region,
    userPoolId: call.pool.id,
    userName: call.userName,
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: call.clientId ?? NO_CLIENT },
    request: call.request,
    response: call.response,
  };
}
