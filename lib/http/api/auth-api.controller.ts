import {
  Body,
  Controller,
  Delete,
  type ExceptionFilter,
  Get,
  HttpCode,
  Inject,
  Param,
  Patch,
  type PipeTransform,
  Post,
  Put,
  Query,
  type Type,
  UseFilters,
  UseGuards,
  UsePipes,
  VERSION_NEUTRAL,
} from '@nestjs/common';

import { CognitoAuthGuard } from '../../auth/cognito-auth.guard.js';
import { Pool } from '../../auth/decorators/pool.decorator.js';
import { Public } from '../../auth/decorators/public.decorator.js';
import { TokenUse } from '../../auth/decorators/token-use.decorator.js';
import { recordRoutes } from '../controller-routes.js';
import type { AuthApiCall } from './auth-api-call.js';
import type { MandateAuthApiModuleExtras } from './auth-api-options.js';
import { routeOf, type AuthApiRoute, type AuthApiRouteDefinition } from './auth-api-routes.js';
import { AuthApi } from './auth-api.js';
import { AuthCall } from './auth-call.decorator.js';
import { JsonBodyGuard } from './json-body.guard.js';
import type { RouteInput } from './route-bodies.js';

/** What a controller is made from. */
export interface AuthApiControllerSettings {
  readonly extras: MandateAuthApiModuleExtras;
  readonly prefix: string;
  /** The path of each route that exists. */
  readonly routes: ReadonlyMap<AuthApiRoute, string>;
  readonly inputOf: (route: AuthApiRoute) => RouteInput;
  readonly pipe: PipeTransform;
  readonly filter: Type<ExceptionFilter>;
  /** What OpenAPI documents say of it. */
  readonly document: ControllerDocument;
}

/** Describes a controller. */
export interface ControllerDocument {
  describeClass(controller: Type<unknown>): void;
  describeMethod(route: AuthApiRoute, method: object): void;
}

const VERBS = { GET: Get, POST: Post, PUT: Put, PATCH: Patch, DELETE: Delete } as const;

/**
 * Creates the controller of one registration: its routes are known when the module is defined, and each pool has a class of
 * its own. It serves every version of a versioned API.
 */
export function createAuthApiController(settings: AuthApiControllerSettings): Type<unknown> {
  const { prefix, routes, pipe, filter, extras, document } = settings;
  class AuthApiController {
    constructor(@Inject(AuthApi) readonly api: AuthApi) {}
  }
  for (const [route, path] of routes) {
    addRoute(AuthApiController, route, path, settings);
  }
  const decorators: ClassDecorator[] = [
    Controller({ path: prefix, version: VERSION_NEUTRAL }),
    UsePipes(pipe),
    UseFilters(filter),
    ...(extras.name === undefined ? [] : [Pool(extras.name)]),
    TokenUse('access'),
  ];
  for (const decorate of decorators) {
    decorate(AuthApiController);
  }
  const calls = [...routes].map(([route, path]) => `${routeOf(route).method} ${prefix}/${path}`);
  recordRoutes(AuthApiController, 'api', calls);
  document.describeClass(AuthApiController);
  return AuthApiController;
}

function addRoute(
  controller: Type<{ readonly api: AuthApi }>,
  route: AuthApiRoute,
  path: string,
  { inputOf, extras, document }: AuthApiControllerSettings,
): void {
  const definition = routeOf(route);
  const prototype = controller.prototype as Record<string, unknown>;
  const descriptor: PropertyDescriptor = {
    value: methodOf(route),
    writable: true,
    configurable: true,
    enumerable: false,
  };
  Object.defineProperty(descriptor.value, 'name', { value: route });
  Object.defineProperty(prototype, route, descriptor);
  const { body, params, query } = inputOf(route);
  const parameters: (readonly [decorate: ParameterDecorator, type: Type<object> | ObjectConstructor])[] = [
    [AuthCall(), Object],
    ...(body === undefined ? [] : [[Body(), body] as const]),
    ...(params === undefined ? [] : [[Param(), params] as const]),
    ...(query === undefined ? [] : [[Query(), query] as const]),
  ];
  parameters.forEach(([decorate], index) => {
    decorate(prototype, route, index);
  });
  Reflect.defineMetadata(
    'design:paramtypes',
    parameters.map(([, type]) => type),
    prototype,
    route,
  );
  const decorators = [...methodDecorators(route, path, definition, extras), ...(extras.decorators?.(route) ?? [])];
  for (const decorate of decorators) {
    decorate(prototype, route, descriptor);
  }
  document.describeMethod(route, descriptor.value as object);
}

/** What a route receives arrives as one object: no member of a path or a query has the name of one of the body. */
function methodOf(route: AuthApiRoute) {
  return async function handle(
    this: { readonly api: AuthApi },
    call: AuthApiCall,
    ...inputs: readonly object[]
  ): Promise<unknown> {
    const input = Object.assign({}, ...inputs) as never;
    const output: unknown = await this.api.handle(route, input, call);
    return output === null ? jsonNull(call.response) : output;
  };
}

/** Platforms would send nothing for null. */
function jsonNull(response: object): string {
  (response as { header(name: string, value: string): unknown }).header(
    'Content-Type',
    'application/json; charset=utf-8',
  );
  return 'null';
}

function methodDecorators(
  route: AuthApiRoute,
  path: string,
  { method, status, cookieStatus, guarded }: AuthApiRouteDefinition,
  { delivery }: MandateAuthApiModuleExtras,
): readonly MethodDecorator[] {
  // A logout is for everybody, and an access token that comes with it says whose sign-ins are to end.
  const isIdentified = guarded === true || route === 'logout';
  return [
    VERBS[method](path),
    HttpCode(delivery === 'cookie' ? (cookieStatus ?? status) : status),
    UseGuards(...(isIdentified ? [CognitoAuthGuard] : []), JsonBodyGuard),
    ...(guarded === true ? [] : [Public()]),
  ];
}
