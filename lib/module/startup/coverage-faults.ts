import type { MandateConfigurationError } from '../../errors/configuration-error.js';
import { FaultsByPlace } from './faults-by-place.js';
import type { HandlerKind } from './handlers.js';
import type { GuardedHandler } from './pool-faults.js';

const MESSAGE_KINDS: ReadonlySet<HandlerKind> = new Set<HandlerKind>(['ws', 'rpc']);

/** Decorators that nothing enforces: everybody passes. */
export function coverageFaults(handlers: readonly GuardedHandler[]): MandateConfigurationError[] {
  const faults = new FaultsByPlace();
  for (const guarded of handlers) {
    const { handler, policy, decorators, coverage } = guarded;
    const [decorator] = decorators;
    if (decorator !== undefined && !policy.isPublic && !coverage.isCovered) {
      faults.add(decorator, handler.name, explain(guarded));
    }
  }
  return faults.errors();
}

/**
 * A sentence about handlers that a global guard seems to protect and does not reach. They are no fault: nothing says that
 * they are to be protected.
 */
export function openHandlersRemark(handlers: readonly GuardedHandler[]): string | undefined {
  const open = handlers.filter(
    ({ handler, policy, decorators, coverage }) =>
      MESSAGE_KINDS.has(handler.kind) &&
      coverage.isMissedByGlobal &&
      !coverage.isCovered &&
      coverage.others.length === 0 &&
      decorators.length === 0 &&
      !policy.isPublic,
  );
  return open.length === 0
    ? undefined
    : `Everybody is let in at ${open.map(({ handler }) => handler.name).join(', ')}: the global CognitoAuthGuard does not reach gateways on Nest 11, nor the messages of a hybrid application without inheritAppConfig. Add @UseGuards(CognitoAuthGuard), or @Public() if they are open on purpose.`;
}

function explain({ handler, coverage }: GuardedHandler): string {
  const fault = 'is enforced by no CognitoAuthGuard, so that everybody is let in';
  const option = 'If a guard of your own calls CognitoAuthGuard there, set the option "guardCoverage" to "unchecked"';
  if (handler.kind === 'graphql-field') {
    return `${fault}. Guards run before a field resolver only with fieldResolverEnhancers: ['guards'] among the options of GraphQLModule`;
  }
  if (handler.kind === 'rpc' && coverage.isMissedByGlobal) {
    return `${fault}. Global guards reach the messages of a hybrid application only with connectMicroservice(options, { inheritAppConfig: true }). Set it, or add @UseGuards(CognitoAuthGuard) to the controller. ${option}`;
  }
  if (handler.kind === 'ws' && coverage.isMissedByGlobal) {
    return `${fault}. Nest 11 applies global guards to no gateway. Add @UseGuards(CognitoAuthGuard) to the gateway. ${option}`;
  }
  if (handler.kind === 'other') {
    return `${fault}. It is no handler that Nest is known to call with guards. Move the decorator to a handler. ${option}`;
  }
  const others =
    coverage.others.length === 0
      ? ''
      : ` Its other guards (${coverage.others.join(', ')}) do not extend it; those of passport, such as AuthGuard('cognito'), read no access decorators.`;
  return `${fault}.${others} Add @UseGuards(CognitoAuthGuard) or @Auth, or register the guard as APP_GUARD. ${option}`;
}
