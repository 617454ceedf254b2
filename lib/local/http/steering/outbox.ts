import type { MessageFilter, Outbox } from '../../outbox.js';
import { integerOf, NotFoundError, type SteeringRequest } from './steering-request.js';

const FILTERS = ['to', 'medium', 'kind', 'pool', 'username'] as const satisfies readonly (keyof MessageFilter)[];
const MAX_WAIT_MS = 600_000;

/** The parameters of `GET /__local/outbox`. */
export const OUTBOX_PARAMETERS: readonly string[] = [...FILTERS, 'after', 'wait'];

/**
 * `GET /__local/outbox`: messages that match, oldest first. With `wait` it answers when there is one; it takes none away,
 * so `after` tells which are known.
 *
 * @throws NotFoundError if none came in time.
 */
export async function showOutbox(request: SteeringRequest): Promise<object> {
  const { outbox } = request.steering;
  const filter = filterOf(request);
  const after = integerOf(request, 'after', { min: 0, max: Number.MAX_SAFE_INTEGER });
  const wait = integerOf(request, 'wait', { min: 0, max: MAX_WAIT_MS });
  const messages = () => outbox.numbered(filter, after);
  if (wait !== undefined && !(await arrives(outbox, () => messages().length > 0, wait))) {
    const criteria = Object.entries(filter).map(([name, value]) => `${name} "${value}"`);
    throw new NotFoundError(
      `No message${criteria.length > 0 ? ` with ${criteria.join(', ')}` : ''}${after === undefined ? '' : ` after ${after}`} came within ${wait} ms.`,
    );
  }
  return { messages: messages() };
}

/** `DELETE /__local/outbox`. */
export function clearOutbox({ steering: { outbox, changes } }: SteeringRequest): object {
  outbox.clear();
  changes.tell({ kind: 'outbox' });
  return { messages: [] };
}

function filterOf({ http: { query } }: SteeringRequest): Record<string, string> {
  return Object.fromEntries(FILTERS.flatMap((name) => (query.has(name) ? [[name, query.get(name) ?? '']] : [])));
}

function arrives(outbox: Outbox, isThere: () => boolean, wait: number): Promise<boolean> {
  if (isThere()) {
    return Promise.resolve(true);
  }
  return new Promise((resolve) => {
    const end = (arrived: boolean): void => {
      clearTimeout(timer);
      stopListening();
      resolve(arrived);
    };
    const stopListening = outbox.listen(() => {
      if (isThere()) {
        end(true);
      }
    });
    // The server keeps the process alive, not the wait.
    const timer = setTimeout(end, wait, false).unref();
  });
}
