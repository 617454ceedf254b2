import type { LocalService } from '../local-service.js';
import { call, refusal, type WireAnswer } from '../wire.js';

/** A password that every policy accepts. */
export const PASSWORD = 'Correct-Horse-9';

/** Attributes as the list on the wire. */
export function listed(attributes: Readonly<Record<string, string>>): { Name: string; Value: string }[] {
  return Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
}

/** Attributes of an answer by name. */
export function byName(list: unknown): Record<string, string> {
  const entries = list as readonly { readonly Name: string; readonly Value: string }[];
  return Object.fromEntries(entries.map(({ Name, Value }) => [Name, Value]));
}

/** The refusal of InvalidParameterException. */
export function invalid(message: string): object {
  return refusal('InvalidParameterException', message);
}

/** Calls to one pool of a service, with its first app client. */
export class PoolCalls {
  constructor(
    private readonly service: LocalService,
    readonly name: string,
  ) {}

  get id(): string {
    return this.service.cognito.pool(this.name).id;
  }

  /** An operation of administrators. */
  admin(operation: string, input: object): Promise<WireAnswer> {
    return call(this.service.cognito.endpoint, operation, { UserPoolId: this.id, ...input });
  }

  /** An operation of an app client. */
  client(operation: string, input: object): Promise<WireAnswer> {
    const ClientId = this.service.cognito.pool(this.name).client().id;
    return call(this.service.cognito.endpoint, operation, { ClientId, ...input });
  }

  signUp(Username: string, attributes: Readonly<Record<string, string>> = {}, more: object = {}): Promise<WireAnswer> {
    return this.client('SignUp', { Username, Password: PASSWORD, UserAttributes: listed(attributes), ...more });
  }

  create(Username: string, attributes: Readonly<Record<string, string>> = {}, more: object = {}): Promise<WireAnswer> {
    return this.admin('AdminCreateUser', { Username, UserAttributes: listed(attributes), ...more });
  }

  signIn(USERNAME: string, password = PASSWORD): Promise<WireAnswer> {
    return this.client('InitiateAuth', {
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME, PASSWORD: password },
    });
  }

  /** An operation of the signed-in user. */
  async self(username: string, operation: string, input: object = {}): Promise<WireAnswer> {
    const { body } = await this.signIn(username);
    const { AccessToken } = body['AuthenticationResult'] as { readonly AccessToken: string };
    return call(this.service.cognito.endpoint, operation, { AccessToken, ...input });
  }

  /** The attributes of a user, as an administrator sees them. */
  async attributes(Username: string): Promise<Record<string, string>> {
    const { body } = await this.admin('AdminGetUser', { Username });
    return byName(body['UserAttributes']);
  }

  /** The newest code that was sent to an address. */
  codeTo(to: string): string {
    return this.service.cognito.outbox.latest({ to })?.code ?? '';
  }
}
