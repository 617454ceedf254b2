import { overridesStep } from '../../auth/cognito-jwt.strategy.js';
import { MandateConfigurationError } from '../../errors/configuration-error.js';
import type { NestModule } from './handlers.js';

/**
 * Strategies of the application that Nest creates for each request. Passport has one for all requests, so that theirs
 * would never be used, and the module's own would let in whoever has a valid token.
 */
export function strategyFaults(modules: readonly NestModule[]): MandateConfigurationError[] {
  const strategies = new Set<string>();
  for (const { providers } of modules) {
    for (const [token, wrapper] of providers) {
      const strategy = [wrapper.metatype, token].find(overridesStep);
      if (strategy !== undefined && (wrapper.isTransient || !wrapper.isDependencyTreeStatic())) {
        strategies.add(strategy.name);
      }
    }
  }
  return [...strategies].map(
    (name) =>
      new MandateConfigurationError(
        'providers',
        `must not have the strategy ${name} with the scope REQUEST or TRANSIENT, nor with a dependency of the scope REQUEST: passport has one strategy for all requests, and would never call this one. Look the dependency up in "validate", with ModuleRef.resolve(), or load the user with CognitoAuthGuard`,
      ),
  );
}
