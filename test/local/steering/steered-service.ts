import { LocalCognito, type LocalCognitoOptions } from '../../../lib/testing/index.js';
import { signingKeysPem } from '../signing-keys.js';
import { call, succeed, type WireAnswer } from '../wire.js';

export const PASSWORD = 'Correct-Horse-9';
export const ANN = {
  username: 'ann',
  password: PASSWORD,
  attributes: { email: 'ann@example.com' },
  groups: ['admins'],
};

/** An embedded Cognito with its own clock, and the calls that the tests make. */
export class SteeredService {
  private constructor(readonly cognito: LocalCognito) {}

  static async start(options: LocalCognitoOptions = {}): Promise<SteeredService> {
    const pools = options.pools ?? [{ name: 'default', users: [ANN] }];
    const withKeys = pools.map((pool) => ({ keys: signingKeysPem(), ...pool }));
    return new SteeredService(await LocalCognito.start({ ...options, pools: withKeys }));
  }

  get endpoint(): string {
    return this.cognito.endpoint;
  }

  get clientId(): string {
    return this.cognito.pool().client().id;
  }

  call(operation: string, input: object): Promise<WireAnswer> {
    return call(this.endpoint, operation, input);
  }

  succeed(operation: string, input: object): Promise<Record<string, unknown>> {
    return succeed(this.endpoint, operation, input);
  }

  signIn(username = 'ann'): Promise<WireAnswer> {
    return this.call('InitiateAuth', {
      ClientId: this.clientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: username, PASSWORD },
    });
  }

  async tokens(): Promise<{ readonly AccessToken: string; readonly RefreshToken: string }> {
    const { body } = await this.signIn();
    return body['AuthenticationResult'] as { AccessToken: string; RefreshToken: string };
  }

  signUp(username: string): Promise<Record<string, unknown>> {
    return this.succeed('SignUp', {
      ClientId: this.clientId,
      Username: username,
      Password: PASSWORD,
      UserAttributes: [{ Name: 'email', Value: `${username}@example.com` }],
    });
  }

  confirm(username: string, code: string): Promise<WireAnswer> {
    return this.call('ConfirmSignUp', { ClientId: this.clientId, Username: username, ConfirmationCode: code });
  }
}
