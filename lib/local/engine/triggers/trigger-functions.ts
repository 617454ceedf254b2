import type { Clock } from '../../../time/clock.js';
import type { Pool } from '../../model/pool.js';
import type { TriggerTarget } from '../../model/trigger-event.js';
import type { TriggerName, Triggers } from '../../model/triggers.js';
import { HandlerModules } from './handler-modules.js';
import { arnOf, referenceOf } from './lambda-config.js';
import { RemoteFunction } from './lambda-endpoint.js';
import type { Handler, LambdaFunction } from './lambda-function.js';
import { LocalFunction } from './local-function.js';

/** Functions by their names. */
export type NamedFunctions = Readonly<Record<string, TriggerTarget>>;

/** Where functions are that ARNs name. */
export interface FunctionSources {
  readonly functions?: NamedFunctions | undefined;
  /** The URL of an endpoint with Lambda's Invoke API. */
  readonly lambda?: string | undefined;
}

const TOKEN_GENERATION: readonly TriggerName[] = ['preTokenGeneration', 'preTokenGenerationV2', 'preTokenGenerationV3'];

/** The functions that run as triggers. What the options of a pool name comes before its `LambdaConfig`. */
export class TriggerFunctions {
  private readonly byPool = new Map<string, Triggers>();
  private readonly modules = new HandlerModules();
  private readonly warned = new Set<string>();

  constructor(
    private readonly sources: FunctionSources,
    private readonly clock: Clock,
  ) {}

  /** Replaces the triggers of a pool. */
  configure(poolId: string, triggers: Triggers): void {
    this.byPool.set(poolId, triggers);
  }

  /**
   * Loads the modules among triggers or functions.
   *
   * @param option - the option that holds them, for errors.
   * @throws MandateArgumentError if one cannot be loaded.
   */
  async load(targets: Readonly<Record<string, unknown>> | undefined, option: string): Promise<void> {
    for (const [name, target] of Object.entries(targets ?? {})) {
      if (typeof target === 'string' && !isArn(target)) {
        await this.modules.load(target, `${option}.${name}`);
      }
    }
  }

  /** The function of a trigger. Undefined if the pool has none, or it is nowhere to be found. */
  of(pool: Pool, name: TriggerName): LambdaFunction | undefined {
    const target = this.byPool.get(pool.id)?.[name];
    if (target !== undefined) {
      return isArn(target) ? this.byArn(pool, target) : this.local(target, { name: `${pool.name}-${name}`, pool });
    }
    if (TOKEN_GENERATION.includes(name) && TOKEN_GENERATION.some((each) => this.byPool.get(pool.id)?.[each])) {
      return undefined;
    }
    const arn = arnOf(pool.settings.LambdaConfig, name);
    return arn === undefined ? undefined : this.byArn(pool, arn);
  }

  private byArn(pool: Pool, arn: string): LambdaFunction | undefined {
    const { functions = {}, lambda } = this.sources;
    const reference = referenceOf(arn, pool.region);
    const named = Object.hasOwn(functions, reference.name) ? functions[reference.name] : undefined;
    if (named !== undefined) {
      return this.local(named, { name: reference.name, pool });
    }
    if (lambda !== undefined) {
      return new RemoteFunction(lambda, reference);
    }
    this.warnOnce(pool, arn);
    return undefined;
  }

  private local(
    target: TriggerTarget,
    { name, pool }: { readonly name: string; readonly pool: Pool },
  ): LambdaFunction | undefined {
    const handler = typeof target === 'string' ? this.modules.get(target) : (target as Handler);
    return handler && new LocalFunction(handler, { name, region: pool.region }, this.clock);
  }

  /** A pool of Terraform or CDK names functions that are not here. That its triggers do not run must not be a riddle. */
  private warnOnce(pool: Pool, arn: string): void {
    if (!this.warned.has(pool.id)) {
      this.warned.add(pool.id);
      process.emitWarning(
        `The triggers of user pool "${pool.name}" do not run: its LambdaConfig names ${arn}, and there is no such function here. Set "functions" or "lambda".`,
        'LocalCognitoWarning',
      );
    }
  }
}

function isArn(target: unknown): target is string {
  return typeof target === 'string' && target.startsWith('arn:');
}
