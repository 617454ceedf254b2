import http from 'node:http';
import https from 'node:https';

/** Agents of an HTTP handler, in the shape of the AWS SDK's `NodeHttpHandlerOptions`. */
export interface AgentOptions {
  readonly httpAgent?: http.Agent | http.AgentOptions | undefined;
  readonly httpsAgent?: https.Agent | https.AgentOptions | undefined;
}

/** The agents of one client. */
export interface ConnectionAgents {
  readonly httpAgent: http.Agent;
  readonly httpsAgent: http.Agent;
  /** Closes the connections of agents that were created here. Those of the application are its own business. */
  readonly destroy: () => void;
}

/** Node.js documents the member; its types lack it. */
type AgentWithOptions = http.Agent & { readonly options: https.AgentOptions };

/** The AWS SDK's limit of connections per host. */
const MAX_SOCKETS = 50;

/**
 * The agents for calls to Cognito, as far as the application does not give its own:
 * - where it has replaced Node's global agent by one of another class, as proxies for Node 20 do, that one;
 * - otherwise an agent with the options of Node's global agent: its certificates and, with NODE_USE_ENV_PROXY, its proxy.
 */
export function connectionAgents(options: AgentOptions): ConnectionAgents {
  const created: http.Agent[] = [];
  const agentOf = (given: object | undefined, global: http.Agent, Agent: typeof http.Agent): http.Agent => {
    if (isAgent(given)) {
      return given;
    }
    if (given === undefined && Object.getPrototypeOf(global) !== Agent.prototype) {
      return global;
    }
    const agent = new Agent({
      maxSockets: MAX_SOCKETS,
      ...(global as AgentWithOptions).options,
      keepAlive: true,
      ...given,
    });
    created.push(agent);
    return agent;
  };
  return {
    httpAgent: agentOf(options.httpAgent, http.globalAgent, http.Agent),
    httpsAgent: agentOf(options.httpsAgent, https.globalAgent, https.Agent),
    destroy: () => {
      for (const agent of created) {
        agent.destroy();
      }
    },
  };
}

function isAgent(given: object | undefined): given is http.Agent {
  return given !== undefined && 'destroy' in given && typeof given.destroy === 'function';
}
