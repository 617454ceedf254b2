import type { INestApplicationContext } from '@nestjs/common';

import { ROUTE_DOCUMENTATION } from '../../module/openapi/route-documentation.provider.js';
import type { RouteDocumentation } from '../../module/openapi/route-documentation.js';
import type { AuthSecurityScheme } from '../../module/openapi/security-schemes.js';

/**
 * The security schemes of an OpenAPI document: `bearer`, and for pools with browser sessions `session`, a cookie, and
 * `csrf`, the header of requests that change something. Those of a named pool end in its name: `session-staff`.
 *
 * With @nestjs/swagger in the application, the guard describes itself: guarded operations name these schemes and have the
 * responses 401 and, where groups, scopes or the CSRF header are required, 403. Operations with `@Public()` need nothing.
 * What the decorators of @nestjs/swagger say of a handler or its class wins.
 *
 * On the application's own origin Swagger UI sends the cookie by itself. Let it send the header too, or type `1` for `csrf`
 * in its dialogue.
 *
 * @param app - the application, as `NestFactory.create()` returns it.
 * @example
 * const config = new DocumentBuilder().setTitle('Cats').build();
 * const document = SwaggerModule.createDocument(app, {
 *   ...config,
 *   components: { securitySchemes: authSecuritySchemes(app) },
 * });
 * SwaggerModule.setup('docs', app, document, {
 *   swaggerOptions: {
 *     requestInterceptor: (request) => {
 *       request.headers['x-mandate-csrf'] = '1';
 *       return request;
 *     },
 *   },
 * });
 *
 * @throws if the application does not import `MandateModule`.
 *
 * @publicApi
 */
export function authSecuritySchemes(app: INestApplicationContext): Record<string, AuthSecurityScheme> {
  return { ...app.get<RouteDocumentation>(ROUTE_DOCUMENTATION, { strict: false }).schemes() };
}
