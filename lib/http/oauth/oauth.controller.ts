import { Controller, Get, Inject, Post, Req, Res, type Type, VERSION_NEUTRAL } from '@nestjs/common';

import { Public } from '../../auth/decorators/public.decorator.js';
import { recordRoutes } from '../controller-routes.js';
import type { ResolvedRoutes } from './oauth-option-rules.js';
import type { OAuthRoutes } from './oauth-routes.js';

/** The routes of one registration; visible inside it only. */
export const OAUTH_ROUTES = Symbol('mandate:oauth-routes');

/**
 * Creates the controller of one registration: its paths are known when the module is defined, and each pool has a class of
 * its own. It serves every version of a versioned API.
 */
export function createOAuthController({ prefix, paths }: ResolvedRoutes): Type<unknown> {
  @Controller({ path: prefix, version: VERSION_NEUTRAL })
  @Public()
  class OAuthController {
    constructor(@Inject(OAUTH_ROUTES) private readonly routes: OAuthRoutes) {}

    @Get(paths.login)
    async login(@Req() request: object, @Res() response: object): Promise<void> {
      await this.routes.login(request, response);
    }

    @Get(paths.callback)
    async callback(@Req() request: object, @Res() response: object): Promise<void> {
      await this.routes.callback(request, response);
    }

    @Post(paths.logout)
    async logout(@Req() request: object, @Res() response: object): Promise<void> {
      await this.routes.logout(request, response);
    }

    @Get(paths.session)
    async session(@Req() request: object, @Res() response: object): Promise<void> {
      await this.routes.session(request, response);
    }
  }
  const { login, callback, logout, session } = paths;
  recordRoutes(OAuthController, 'oauth', [
    `GET ${prefix}/${login}`,
    `GET ${prefix}/${callback}`,
    `POST ${prefix}/${logout}`,
    `GET ${prefix}/${session}`,
  ]);
  return OAuthController;
}
