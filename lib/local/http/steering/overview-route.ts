import type { Environment } from '../../engine/environment.js';
import { OVERVIEW_SCRIPT_PATH, overviewPage } from '../../pages/overview/overview-page.js';
import { OVERVIEW_SCRIPT } from '../../pages/overview/overview-script.js';
import { pageResponse } from '../oauth/page-visit.js';
import { originOf } from '../request-url.js';
import type { HttpResponse, Route } from '../route.js';

const NONCE_BYTES = 16;

/** `GET /`: the page that shows this server, and its script. `POST /` is the API. */
export function overviewRoute(environment: Environment): Route {
  return (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return undefined;
    }
    if (request.path === OVERVIEW_SCRIPT_PATH) {
      return script();
    }
    if (request.path !== '/') {
      return undefined;
    }
    const nonce = environment.random.bytes(NONCE_BYTES).toString('base64');
    return pageResponse({ status: 200, ...overviewPage(originOf(environment, request), nonce) });
  };
}

function script(): HttpResponse {
  return {
    status: 200,
    headers: {
      'Content-Type': 'text/javascript; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      // No page of another site may load it.
      'Cross-Origin-Resource-Policy': 'same-origin',
    },
    body: OVERVIEW_SCRIPT,
  };
}
