import { MandateArgumentError } from '../../../errors/argument-error.js';
import type { LocalFaultOptions } from '../../steering/fault-options.js';
import type { LocalQuotas } from '../../steering/request-quotas.js';
import { showPools } from './pools.js';
import { bodyOf, integerOf, membersOf, NotFoundError, type SteeringRequest } from './steering-request.js';

/** `GET /__local/clock`. */
export function showClock({ steering: { clock } }: SteeringRequest): object {
  const now = clock.now();
  return { now, time: new Date(now).toISOString() };
}

/** `POST /__local/clock`: `{ "advance": milliseconds }` or `{ "set": time }`. */
export function moveClock(request: SteeringRequest): object {
  const { clock } = request.steering;
  const { advance, set } = membersOf(request, ['advance', 'set']);
  if ((advance === undefined) === (set === undefined)) {
    throw new MandateArgumentError('body', 'must have either "advance", in milliseconds, or "set", a time');
  }
  if (set === undefined) {
    if (typeof advance !== 'number' || advance < 0) {
      throw new MandateArgumentError('advance', 'must be a number of milliseconds, zero or more. "set" goes back');
    }
    clock.advance(advance);
  } else {
    clock.set(typeof set === 'number' || typeof set === 'string' ? set : Number.NaN);
  }
  return showClock(request);
}

/** `GET /__local/faults`. */
export function showFaults({ steering: { faults } }: SteeringRequest): object {
  return { faults: faults.list() };
}

/** `POST /__local/faults`. */
export function addFault(request: SteeringRequest): object {
  return request.steering.faults.add(bodyOf(request) as LocalFaultOptions);
}

/** `DELETE /__local/faults`: one by its id, or all. */
export function removeFaults(request: SteeringRequest): object {
  const { faults } = request.steering;
  const id = integerOf(request, 'id', { min: 1, max: Number.MAX_SAFE_INTEGER });
  if (id === undefined) {
    faults.clear();
  } else if (!faults.remove(id)) {
    throw new NotFoundError(`No fault has the id ${id}. It may have been played as often as it should.`);
  }
  return showFaults(request);
}

/** `GET /__local/quotas`. */
export function showQuotas({ steering: { environment } }: SteeringRequest): object {
  return { enabled: environment.quotas.enabled, limits: environment.quotas.limits() };
}

/** `POST /__local/quotas`: what the option `quotas` takes. */
export function setQuotas(request: SteeringRequest): object {
  if (request.http.body === '') {
    throw new MandateArgumentError(
      'body',
      'must be true for the quotas of AWS, false for none, or requests a second by category',
    );
  }
  request.steering.environment.quotas.set(bodyOf(request) as LocalQuotas);
  request.steering.changes.tell({ kind: 'quotas' });
  return showQuotas(request);
}

/** `POST /__local/reset`. */
export async function reset(request: SteeringRequest): Promise<object> {
  await request.steering.reset();
  return showPools(request);
}
