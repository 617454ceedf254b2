import {
  type ArgumentMetadata,
  Injectable,
  Optional,
  type ValidationError,
  ValidationPipe,
  type ValidationPipeOptions,
} from '@nestjs/common';

import type { FieldError } from '../../errors/field-error.js';
import { RequestInvalidError } from '../../errors/request-invalid-error.js';
import { shapeFault } from './body-shape.js';

/**
 * Options of `MandateValidationPipe`: those of `ValidationPipe`, except the ones that it is about.
 *
 * @publicApi
 */
export type MandateValidationPipeOptions = Omit<
  ValidationPipeOptions,
  'whitelist' | 'forbidNonWhitelisted' | 'transform' | 'exceptionFactory' | 'disableErrorMessages'
>;

/** Faults that are told at most: a request may have thousands. */
const MOST = 20;

/** Nest would take it for an empty object. */
const NO_OBJECT: FieldError = { field: '', message: 'it must be an object' };

/**
 * Nest's `ValidationPipe` that makes instances of the DTO classes, accepts no unknown fields, and refuses a request with
 * 400 REQUEST_INVALID: `errors` lists each field by its path, such as `attributes.email`, and what it must be. Values are
 * never repeated.
 *
 * It needs `class-validator` and `class-transformer`, as `ValidationPipe` does.
 *
 * @example
 * app.useGlobalPipes(new MandateValidationPipe());
 *
 * @throws RequestInvalidError for a request that is not valid.
 *
 * @publicApi
 */
@Injectable()
export class MandateValidationPipe extends ValidationPipe {
  constructor(@Optional() options: MandateValidationPipeOptions = {}) {
    super({
      ...options,
      whitelist: true,
      forbidNonWhitelisted: true,
      transform: true,
      exceptionFactory: (errors) =>
        new RequestInvalidError(errors.flatMap((error) => fieldErrors(error, '')).slice(0, MOST)),
    });
  }

  /** @throws RequestInvalidError */
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    // Not of parameters that decorators of the application make, which may be anything.
    const fault = metadata.type === 'custom' ? undefined : value === null ? NO_OBJECT : shapeFault(value);
    if (fault !== undefined) {
      throw new RequestInvalidError([fault]);
    }
    return super.transform(value, metadata);
  }
}

function fieldErrors({ property, constraints = {}, children = [] }: ValidationError, path: string): FieldError[] {
  // A request that is no object at all has no property.
  const name = (property as string | undefined) ?? '';
  const field = path === '' ? name : `${path}.${name}`;
  return [
    ...Object.values(constraints).map((message) => fieldError(message, name, field)),
    ...children.flatMap((child) => fieldErrors(child, field)),
  ];
}

/**
 * Takes the name of the field out of the message of a validator. One of this package names a member too that no class has,
 * such as `attributes.email must be ...`; unknown fields are `property email should not exist`.
 */
function fieldError(text: string, name: string, field: string): FieldError {
  const message = text.startsWith(`property ${name} `) ? text.slice('property '.length) : text;
  if (name === '' || !message.startsWith(name)) {
    return { field, message };
  }
  const rest = message.slice(name.length);
  const [, member, requirement] = /^(\.\S+) (.+)$/s.exec(rest) ?? [];
  if (member !== undefined && requirement !== undefined) {
    return { field: `${field}${member}`, message: requirement };
  }
  return /^:? /.test(rest) ? { field, message: rest.replace(/^:? /, '') } : { field, message };
}
