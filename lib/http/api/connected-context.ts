import type { CallContext } from '../../client/shapes/call-context.js';
import type { CognitoService } from '../../user/cognito.service.js';
import type { AuthApiCall } from './auth-api-call.js';
import type { AuthApiContext } from './auth-api-context.js';
import type { AuthApiResponses } from './auth-api-responses.js';
import type { TokenDelivery } from './delivery/token-delivery.js';
import type { PasswordPolicy } from './password-policy.js';
import type { ResolvedAuthApiOptions } from './resolve-auth-api-options.js';
import { requireStarted } from '../require-started.js';

/** What exists once all modules do. */
interface Connected {
  readonly cognito: CognitoService;
  readonly delivery: TokenDelivery;
}

/** What handlers work with: Nest creates them before the services of the pool exist. */
export class ConnectedContext implements AuthApiContext {
  readonly flows: AuthApiContext['flows'];
  readonly revealUsers: boolean;
  readonly autoSignIn: boolean;
  readonly totpIssuer: string | undefined;
  readonly passwordPolicy: PasswordPolicy;
  readonly #context: (call: AuthApiCall) => CallContext;
  #connected: Connected | undefined;

  constructor(
    options: ResolvedAuthApiOptions,
    readonly responses: AuthApiResponses,
  ) {
    const { flows, revealUsers, autoSignIn, totpIssuer, passwordPolicy, context } = options;
    this.flows = flows;
    this.revealUsers = revealUsers;
    this.autoSignIn = autoSignIn;
    this.totpIssuer = totpIssuer;
    this.passwordPolicy = passwordPolicy;
    this.#context = context;
  }

  connect(connected: Connected): void {
    this.#connected = connected;
  }

  get cognito(): CognitoService {
    return this.#require().cognito;
  }

  get delivery(): TokenDelivery {
    return this.#require().delivery;
  }

  contextOf(call: AuthApiCall): CallContext {
    return this.#context(call);
  }

  #require(): Connected {
    return requireStarted(this.#connected, 'MandateAuthApiModule');
  }
}
