import type { Changes } from '../../steering/changes.js';
import type { HttpResponse } from '../route.js';

/** Shorter than proxies keep silent connections open. */
const SIGN_OF_LIFE_MS = 15_000;

/** `GET /__local/events`: server-sent events of what happens from now on. */
export function eventStream(changes: Changes): HttpResponse {
  return {
    status: 200,
    headers: { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store' },
    events: (send) => {
      send(': listening\n\n');
      const timer = setInterval(() => {
        send(': still here\n\n');
      }, SIGN_OF_LIFE_MS).unref();
      const end = changes.listen(({ kind, ...data }) => {
        send(`event: ${kind}\ndata: ${JSON.stringify(data)}\n\n`);
      });
      return () => {
        clearInterval(timer);
        end();
      };
    },
  };
}
