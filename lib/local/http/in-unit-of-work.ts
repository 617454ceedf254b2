import { CognitoFault } from '../engine/cognito-fault.js';
import type { Environment } from '../engine/environment.js';
import { jsonResponse, type Route } from './route.js';

/** Makes each request of a route a unit of work: the client gets the response when what the request changed is stored. */
export function inUnitOfWork({ units }: Pick<Environment, 'units'>, route: Route): Route {
  return async (request) => {
    try {
      return await units.run(async () => route(request));
    } catch (error) {
      if (error instanceof CognitoFault) {
        const { exception, message } = error;
        return jsonResponse(500, { __type: exception, message }, { 'x-amzn-ErrorType': `${exception}:` });
      }
      throw error;
    }
  };
}
