import { MandateArgumentError } from '../../../errors/argument-error.js';
import { isObject } from '../../../types/is-object.js';
import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import { findUser } from '../../engine/users/find-user.js';
import { callOperation } from '../../operations/call-operation.js';
import type { Steering } from '../../steering/steering.js';
import type { HttpRequest } from '../route.js';

/** A request for something that is not there. */
export class NotFoundError extends Error {
  override readonly name = 'NotFoundError';
}

/** A request to the routes of `/__local`. */
export interface SteeringRequest {
  readonly steering: Steering;
  readonly http: HttpRequest;
  /** The parts of the path that vary, decoded, in their order. */
  readonly parts: readonly string[];
}

/** The pool that the path names, by id or name. @throws NotFoundError */
export function poolOf({ steering, parts: [name = ''] }: SteeringRequest): Pool {
  const { pools } = steering.environment;
  const pool = pools.byId(name) ?? pools.byName(name);
  if (pool === undefined) {
    throw new NotFoundError(`No user pool has the id or name "${name}".`);
  }
  return pool;
}

/** The user that the path names. @throws NotFoundError */
export function userOf(request: SteeringRequest): User {
  const name = request.parts[1] ?? '';
  const user = findUser(poolOf(request), name);
  if (user === undefined) {
    throw new NotFoundError(`The user pool has no user "${name}".`);
  }
  return user;
}

/** Calls an operation of the API past faults and quotas. */
export function callFor({ steering, http }: SteeringRequest, name: string, input: object): Promise<object> {
  const { environment } = steering;
  const userAgent = http.headers['user-agent'] ?? '';
  const call = { environment, region: environment.region, sourceIp: http.remoteAddress, userAgent };
  return callOperation(name, { ...input }, call);
}

/** An integer of the query. @throws MandateArgumentError if it is none, or out of its range. */
export function integerOf(
  { http: { query } }: SteeringRequest,
  name: string,
  { min, max }: { readonly min: number; readonly max: number },
): number | undefined {
  const text = query.get(name);
  if (text === null) {
    return undefined;
  }
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new MandateArgumentError(name, `must be an integer from ${min} to ${max}`);
  }
  return value;
}

/** The JSON of the body; `{}` for an empty one. @throws MandateArgumentError */
export function bodyOf({ http: { body } }: SteeringRequest): unknown {
  try {
    return JSON.parse(body === '' ? '{}' : body) as unknown;
  } catch {
    throw new MandateArgumentError('body', 'must be JSON');
  }
}

/** The members of a body that must be an object. @throws MandateArgumentError for an unknown member */
export function membersOf(request: SteeringRequest, known: readonly string[]): Readonly<Record<string, unknown>> {
  const body = bodyOf(request);
  if (!isObject(body)) {
    throw new MandateArgumentError('body', 'must be a JSON object');
  }
  assertKnown(Object.keys(body), known);
  return body;
}

/** @throws MandateArgumentError for a name that is not known, which may be a misspelt one. */
export function assertKnown(names: Iterable<string>, known: readonly string[]): void {
  for (const name of names) {
    if (!known.includes(name)) {
      throw new MandateArgumentError(
        name,
        `is unknown here. ${known.length === 0 ? 'Nothing is known' : `Known: ${known.join(', ')}`}`,
      );
    }
  }
}
