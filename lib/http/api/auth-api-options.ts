import type { FactoryProvider, ModuleMetadata, Type } from '@nestjs/common';

import type { CallContext } from '../../client/shapes/call-context.js';
import type { SignInFlow } from '../../dto/flow-sign-in.dto.js';
import type { BrowserSessionOptions } from '../session/browser-session.options.js';
import type { AuthApiCall } from './auth-api-call.js';
import type { AuthApiHandler } from './auth-api-handler.js';
import type { AuthApiResponses } from './auth-api-responses.js';
import type { AuthApiDelivery, AuthApiFeature, AuthApiRoute } from './auth-api-routes.js';
import type { AuthApiInputs } from './auth-api-types.js';
import type { PasswordPolicy } from './password-policy.js';
import type { AuthApiThrottleOptions } from './throttle/throttle-options.js';

/**
 * The handler classes that replace those of this package.
 *
 * @publicApi
 */
export type AuthApiHandlers = { readonly [Route in AuthApiRoute]?: Type<AuthApiHandler<Route>> | undefined };

/**
 * Classes that replace the request bodies of this package: subclasses with further members, or of fewer attributes.
 *
 * @publicApi
 */
export type AuthApiBodies = Readonly<Partial<Record<AuthApiRoute, Type<object> | undefined>>>;

/**
 * Classes that describe, for OpenAPI documents, the success responses whose bodies `responses` changes: the class of the
 * body, or of the items of a list.
 *
 * @publicApi
 */
export type AuthApiResponseTypes = Readonly<Partial<Record<AuthApiRoute, Type<object> | undefined>>>;

/**
 * A call that a client may repeat to guess or to annoy, before anything is sent to Cognito.
 *
 * @publicApi
 */
export interface AuthApiAttempt {
  readonly route: 'register' | 'resendCode' | 'authenticate' | 'forgotPassword';
  /** The validated body. It holds the password: do not log it. */
  readonly input: AuthApiInputs['register' | 'resendCode' | 'authenticate' | 'forgotPassword'];
  readonly call: AuthApiCall;
}

/**
 * Settings of `MandateAuthApiModule` that cannot come from a factory, because the routes need them.
 *
 * @publicApi
 */
export interface MandateAuthApiModuleExtras {
  /** The name of the pool's registration. Default: the one without a name. */
  readonly name?: string | undefined;
  /** Makes `AuthApi`, and the `BrowserSessionService` that this module brings, injectable everywhere. Default: false. */
  readonly isGlobal?: boolean | undefined;
  /** How tokens reach the client. */
  readonly delivery: AuthApiDelivery;
  /**
   * Uses the sessions that `MandateOAuthModule` or `MandateSessionModule` brings for the same pool. Default: not set; with
   * the delivery `cookie` this module brings the sessions, and `session` is required. `MandateOAuthModule` has a session and a
   * logout too: set `paths: { session: null, logout: null }` to keep those, which end the session at managed login as well, or
   * another `prefix`.
   */
  readonly sharedSession?: true | undefined;
  /**
   * The path of the routes, after the global prefix of the application. Default: `auth`, or `auth/<name>`. The routes belong to
   * no version of a versioned API, and serve all.
   */
  readonly prefix?: string | undefined;
  /** The routes that exist. Others are answered 404 and are not in the OpenAPI document. Default: all. */
  readonly features?: readonly AuthApiFeature[] | undefined;
  /** Other paths, after the prefix; `null` leaves a route out. The members of a path, such as `:deviceKey`, stay. */
  readonly paths?: Readonly<Partial<Record<AuthApiRoute, string | null | undefined>>> | undefined;
  /** `false` adds no controller, for applications that call `AuthApi.handle` in resolvers. Default: not set. */
  readonly routes?: false | undefined;
  /** The flows that `authenticate` accepts in its member `flow`; the first is the default. Default: USER_SRP_AUTH alone. */
  readonly flows?: readonly SignInFlow[] | undefined;
  readonly handlers?: AuthApiHandlers | undefined;
  /** What makes the response bodies. Default: `AuthApiResponses`. */
  readonly responses?: Type<AuthApiResponses> | undefined;
  /**
   * The classes that OpenAPI documents show for the bodies that `responses` makes, such as `{ me: MyUserDto }` with
   * `class MyUserDto extends UserDto`. Default: the classes of `mandate/dto`.
   */
  readonly responseTypes?: AuthApiResponseTypes | undefined;
  readonly dto?: AuthApiBodies | undefined;
  /** Further decorators of the controller's method of a route, such as `[UseInterceptors(Audit)]`. */
  readonly decorators?: ((route: AuthApiRoute) => readonly MethodDecorator[]) | undefined;
  /** Answers errors as `application/problem+json` (RFC 9457). Default: false, as `CognitoExceptionFilter` does. */
  readonly problemDetails?: boolean | undefined;
  /** Modules whose providers the handlers, the responses and the factory inject. */
  readonly imports?: ModuleMetadata['imports'] | undefined;
}

/**
 * Options of `MandateAuthApiModule`.
 *
 * @publicApi
 */
export interface MandateAuthApiModuleOptions {
  /** The sessions of browsers. Required for the delivery `cookie` without `sharedSession`. */
  readonly session?: BrowserSessionOptions | undefined;
  /**
   * How many calls are answered. Default: limits for each route, counted in the memory of this process. `null` turns them off.
   * Risk: anybody may then try passwords as fast as they can.
   */
  readonly throttle?: AuthApiThrottleOptions | null | undefined;
  /**
   * Whether answers tell which users exist: that a username is taken, or unknown. Default: false; answers, their headers and
   * the number of calls to Cognito are then the same for all. It needs an app client with PreventUserExistenceErrors ENABLED;
   * others tell it by USER_AUTH and CUSTOM_AUTH. Cognito itself tells those apart who sign up with attributes that the pool
   * refuses: validate them in `dto.register`, for Cognito looks at the name first.
   */
  readonly revealUsers?: boolean | undefined;
  /**
   * Whether answers hold the masked address that a code was sent to. Default: false. Risk: those about users who do not exist
   * hold none, so that it tells which do.
   */
  readonly showDelivery?: boolean | undefined;
  /**
   * Signs a user in with the confirmation of the sign-up, where Cognito allows it (the flow USER_AUTH). Default: false. Risk:
   * with the delivery `body` the session of a sign-up whose username is taken is not one of Cognito's, and who knows those
   * can tell.
   */
  readonly autoSignIn?: boolean | undefined;
  /** The name of the application in authenticator apps. Default: the user pool's id. */
  readonly totpIssuer?: string | undefined;
  /**
   * The password policy of the pool. Cognito checks it after it has found that a username is taken, so that a password that
   * it refuses would tell whether the user exists. Default: Cognito's default policy. Risk: set it if the pool has another.
   */
  readonly passwordPolicy?: PasswordPolicy | undefined;
  /**
   * What Cognito is told about a call, such as `userContextData: { ipAddress }` for threat protection. Default: nothing.
   */
  readonly context?: ((call: AuthApiCall) => CallContext) | undefined;
  /**
   * Called before `register`, `resendCode`, `authenticate` and `forgotPassword` reach Cognito, and after the limits: to verify
   * the answer of a CAPTCHA, for example, which comes in a header, or in a member that the class in `dto` adds to the body.
   * What it throws is the answer: an `HttpException`, a `MandateError`; any other error is answered 500.
   */
  readonly beforeAttempt?: ((attempt: AuthApiAttempt) => void | Promise<void>) | undefined;
}

/**
 * Options of `MandateAuthApiModule.forRootAsync()`.
 *
 * @publicApi
 */
export interface MandateAuthApiModuleAsyncOptions extends MandateAuthApiModuleExtras {
  readonly inject?: FactoryProvider['inject'];
  readonly useFactory: FactoryProvider<MandateAuthApiModuleOptions>['useFactory'];
}
