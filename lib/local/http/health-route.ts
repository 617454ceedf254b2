import { jsonResponse, methodNotAllowed, type Route } from './route.js';

/** `GET /health`, for a container's health check: the pools are there, and requests are answered. */
export const healthRoute: Route = ({ method, path }) => {
  if (path !== '/health') {
    return undefined;
  }
  return method === 'GET'
    ? jsonResponse(200, { status: 'ok' }, { 'Cache-Control': 'no-store' })
    : methodNotAllowed('GET');
};
