import { operationOf } from '../http/api-route.js';
import type { Route } from '../http/route.js';

/** What happened in an embedded Cognito. Pages that show it listen to these. */
export type Change =
  | { readonly kind: 'request'; readonly name: string; readonly status: number }
  | { readonly kind: 'message'; readonly to: string }
  | { readonly kind: 'clock' | 'faults' | 'quotas' | 'outbox' | 'reset' };

/** Tells listeners what happened. */
export class Changes {
  private readonly listeners = new Set<(change: Change) => void>();

  /** @returns what ends the listening. */
  listen(listener: (change: Change) => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  readonly tell = (change: Change): void => {
    for (const listener of this.listeners) {
      listener(change);
    }
  };
}

/** Wraps a route so that listeners learn of each request that it answers. */
export function told(changes: Changes, route: Route): Route {
  return async (request) => {
    const response = await route(request);
    if (response !== undefined) {
      const name = operationOf(request) ?? `${request.method} ${request.path}`;
      changes.tell({ kind: 'request', name, status: response.status });
    }
    return response;
  };
}
