import { accessDecorator } from '../access/access-metadata.js';

/**
 * Lets everybody in. A good token still tells who calls (`@CurrentUser()`); a bad one, or none, means nobody.
 * At a handler it beats whatever the class asks for; at a class it holds for handlers that ask for nothing, and in
 * classes that extend it and ask for nothing themselves. Beside a decorator that asks for something it is a contradiction,
 * and every call is answered with 500.
 */
export function Public(): MethodDecorator & ClassDecorator {
  return accessDecorator('public', true);
}
