import type { LocalCognito } from '../local/local-cognito.js';
import type { LocalPool } from '../local/local-pool.js';
import type { KnownCaller } from './known-caller.js';
import type { TestTokenIssuer } from './test-token-issuer.js';

/**
 * What takes the place of Amazon Cognito: one member, or `user` together with another.
 *
 * @publicApi
 */
export interface CognitoOverrides {
  /**
   * The caller of every call, or a function that names the caller of the moment. No token is read; the decorators are
   * evaluated against the caller. `undefined` makes calls anonymous.
   */
  readonly user?: KnownCaller | (() => KnownCaller | undefined) | undefined;
  /**
   * An embedded Cognito. Each registration uses its pool of the same name; the registration without a name, or the only one,
   * uses the first pool. A tenant of the option `tenants` is the pool with its id.
   */
  readonly cognito?: LocalCognito | undefined;
  /** The issuer of tokens that the application accepts. */
  readonly issuer?: TestTokenIssuer | undefined;
  /** The same for single registrations by name; `default` is the one without a name. They come before `cognito`. */
  readonly pools?: Readonly<Record<string, LocalPool | TestTokenIssuer>> | undefined;
}

/**
 * The part of the `TestingModuleBuilder` of @nestjs/testing that is needed here.
 *
 * @publicApi
 */
export interface OverridableModule {
  compile(...options: never[]): Promise<CompiledModule>;
  overrideProvider(token: unknown): { useValue(value: unknown): unknown };
  overrideGuard(guard: unknown): {
    useFactory(options: { factory: (...dependencies: never[]) => unknown; inject?: unknown[] }): unknown;
  };
}

/**
 * The part of the `TestingModule` of @nestjs/testing that is needed here.
 *
 * @publicApi
 */
export interface CompiledModule {
  get(token: string, options: { strict: false }): unknown;
  close(): Promise<unknown>;
}
