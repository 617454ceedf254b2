// Loaded late: see success-responses.ts.
import type { Type } from '@nestjs/common';

import { oncePerTurn } from '../../../module/openapi/once-per-turn.js';
import {
  EXTRA_MODELS,
  lazyList,
  lazyRecord,
  OPERATION,
  PARAMETERS,
  RESPONSES,
  TAGS,
} from '../../../module/openapi/swagger-metadata.js';
import { recordExample } from '../../../dto/openapi-example.js';
import { ErrorDto, ProblemDto } from '../../../dto/responses/errors.dto.js';
import type { MandateAuthApiModuleExtras } from '../auth-api-options.js';
import { prefixOf } from '../resolve-auth-api-options.js';
import { routeOf, type AuthApiRoute } from '../auth-api-routes.js';
import type { RouteInput } from '../route-bodies.js';
import type { DocumentFacts } from './document-facts.js';
import { documentedErrors } from './documented-errors.js';
import { errorResponse } from './error-responses.js';
import { successBody, successResponse, successStatus } from './success-responses.js';

type Members = Readonly<Record<string, unknown>>;

/** What is known only once the application exists. */
export type StartedFacts = Pick<DocumentFacts, 'revealUsers' | 'autoSignIn' | 'isThrottled' | 'csrfHeader'>;

/** Before: as little as possible is promised. */
const UNKNOWN: StartedFacts = { revealUsers: true, autoSignIn: true, isThrottled: () => true, csrfHeader: undefined };

/**
 * Describes the controller of a registration for @nestjs/swagger, without importing it. What its decorators say of a method,
 * by the option `decorators`, wins.
 */
export class AuthApiDocument {
  #started: () => StartedFacts = () => UNKNOWN;

  constructor(
    private readonly extras: MandateAuthApiModuleExtras,
    private readonly inputOf: (route: AuthApiRoute) => RouteInput,
  ) {}

  /** Says what the application knows. It is asked each time a document is made. */
  connect(started: () => StartedFacts): void {
    this.#started = started;
  }

  /** Describes the controller as a whole, and gives the bodies of the application their examples. */
  describeClass(controller: Type<unknown>): void {
    for (const type of Object.values(this.extras.dto ?? {})) {
      if (type !== undefined) {
        recordExample(type.prototype as object);
      }
    }
    Reflect.defineMetadata(TAGS, [this.extras.name ?? 'auth'], controller);
    Reflect.defineMetadata(EXTRA_MODELS, [this.extras.problemDetails === true ? ProblemDto : ErrorDto], controller);
  }

  /** Describes a method. Call it after all other decorators. */
  describeMethod(route: AuthApiRoute, method: object): void {
    const addTo = (key: string, ours: () => Members): void => {
      const declared = Reflect.getMetadata(key, method) as Members | undefined;
      Reflect.defineMetadata(key, lazyRecord(oncePerTurn(() => ({ ...ours(), ...declared }))), method);
    };
    const addToList = (key: string, ours: () => readonly object[]): void => {
      const declared = (Reflect.getMetadata(key, method) ?? []) as readonly object[];
      Reflect.defineMetadata(key, lazyList(oncePerTurn(() => [...ours(), ...declared])), method);
    };
    addTo(OPERATION, () => this.#operation(route));
    addTo(RESPONSES, () => this.#responses(route));
    addToList(PARAMETERS, () => this.#parameters(route));
    addToList(EXTRA_MODELS, () => this.#models(route));
  }

  #facts(): DocumentFacts {
    const { delivery, problemDetails = false } = this.extras;
    return { delivery, problemDetails, ...this.#started() };
  }

  #operation(route: AuthApiRoute): Members {
    return {
      summary: routeOf(route).summary,
      operationId: operationId(prefixOf(this.extras), route),
      // A logout everywhere needs a token, one of this sign-in does not.
      ...(route === 'logout' && this.extras.delivery === 'body' && { security: [{}, { bearer: [] }] }),
    };
  }

  #responses(route: AuthApiRoute): Members {
    const facts = this.#facts();
    const errors = [...documentedErrors(route, this.inputOf(route), facts)];
    const success = successBody(route, this.extras.responseTypes?.[route], facts);
    return {
      [successStatus(route, facts)]: successResponse(success),
      ...Object.fromEntries(
        errors.map(([status, codes]) => [status, errorResponse(status, codes, facts.problemDetails)]),
      ),
    };
  }

  /** The header that no session requires: operations without a user have no security requirement, and no padlock. */
  #parameters(route: AuthApiRoute): readonly object[] {
    const { guarded, method } = routeOf(route);
    const { csrfHeader } = this.#facts();
    return guarded === true || method === 'GET' || csrfHeader === undefined ? [] : [csrfParameter(csrfHeader)];
  }

  #models(route: AuthApiRoute): readonly Type<object>[] {
    const facts = this.#facts();
    return successBody(route, this.extras.responseTypes?.[route], facts).types;
  }
}

/**
 * Unique among the registrations of an application, each of which has a path of its own, and an identifier for generated
 * clients: `register`, and `staffRegister` under `auth/staff`.
 */
function operationId(prefix: string, route: AuthApiRoute): string {
  const words = prefix.split(/[^A-Za-z0-9_$]+/).filter((word) => word !== '' && word !== 'auth');
  return [...words, route]
    .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');
}

function csrfParameter(name: string): object {
  return {
    name,
    in: 'header',
    required: true,
    description: 'Shows that a page of the application sends the request, and no page of another site.',
    schema: { type: 'string', enum: ['1'], default: '1' },
  };
}
