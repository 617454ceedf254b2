import 'reflect-metadata';

/*
 * What @nestjs/swagger 11 and 12 read of handlers and classes. That package is optional, so its names are literals here: of
 * dist/constants.js.
 */
export const OPERATION = 'swagger/apiOperation';
export const RESPONSES = 'swagger/apiResponse';
export const PARAMETERS = 'swagger/apiParameters';
export const EXTRA_MODELS = 'swagger/apiExtraModels';
export const TAGS = 'swagger/apiUseTags';

/** An object or a list whose members are computed when they are read: when a document is made. */
export function lazily<Content extends object>(compute: () => Content): Content {
  const target = (Array.isArray(compute()) ? [] : {}) as Content;
  return new Proxy(target, {
    ownKeys: () => Reflect.ownKeys(compute()),
    has: (_, key) => Reflect.has(compute(), key),
    get: (_, key) => Reflect.get(compute(), key) as unknown,
    getOwnPropertyDescriptor: (_, key) => Reflect.getOwnPropertyDescriptor(compute(), key),
  });
}
