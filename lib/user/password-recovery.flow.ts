import { sdkContext, type CallContext } from '../client/shapes/call-context.js';
import { readCodeDelivery, type CodeDelivery } from '../client/shapes/code-delivery.js';
import { requireObject, requireText } from '../errors/require-argument.js';
import type { UsernameRequest } from './registration.flow.js';
import type { UserDependencies } from './user-dependencies.js';

/** A recovery code that came back, and the password to set. */
export interface ConfirmForgotPasswordRequest extends CallContext {
  /** As given to `initiateForgotPassword`. */
  readonly username: string;
  readonly code: string;
  readonly password: string;
}

/** A forgotten password: ForgotPassword, ConfirmForgotPassword. */
export class PasswordRecoveryFlow {
  constructor(private readonly dependencies: Pick<UserDependencies<object>, 'client' | 'appClient'>) {}

  async initiate(request: UsernameRequest): Promise<CodeDelivery> {
    requireObject('request', request);
    const { username } = request;
    requireText('username', username);
    const { client, appClient } = this.dependencies;
    const { CodeDeliveryDetails } = await client.send('ForgotPassword', {
      ClientId: appClient.clientId,
      SecretHash: await appClient.secretHash(username),
      Username: username,
      ...sdkContext(request),
    });
    return readCodeDelivery(CodeDeliveryDetails ?? {});
  }

  async confirm(request: ConfirmForgotPasswordRequest): Promise<void> {
    requireObject('request', request);
    const { username, code, password } = request;
    requireText('username', username);
    requireText('code', code);
    requireText('password', password);
    const { client, appClient } = this.dependencies;
    await client.send('ConfirmForgotPassword', {
      ClientId: appClient.clientId,
      SecretHash: await appClient.secretHash(username),
      Username: username,
      ConfirmationCode: code,
      Password: password,
      ...sdkContext(request),
    });
  }
}
