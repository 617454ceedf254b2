// These tokens are visible inside one registration of the module only.

/** What handlers work with. */
export const AUTH_API_CONTEXT = Symbol('mandate:auth-api-context');

/** The checked options with their defaults. */
export const AUTH_API_OPTIONS = Symbol('mandate:auth-api-options');

/** What connects the API with its pool and its sessions. */
export const AUTH_API_REGISTRATION = Symbol('mandate:auth-api-registration');

/** What the middleware of a registration is made from. */
export const AUTH_API_MIDDLEWARE = Symbol('mandate:auth-api-middleware');
