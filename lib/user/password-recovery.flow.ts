import { sdkContext, type CallContext } from '../client/shapes/call-context.js';
import { readCodeDelivery, type CodeDelivery } from '../client/shapes/code-delivery.js';
import { requireObject, requireText } from '../errors/require-argument.js';
import { clientAndUsername } from './client-and-username.js';
import type { UsernameRequest } from './registration.flow.js';
import type { UserDependencies } from './user-dependencies.js';

/**
 * A user, the code that `initiateForgotPassword` sent, and the new password.
 *
 * @publicApi
 */
export interface ConfirmForgotPasswordRequest extends CallContext {
  /** The username that was passed to `initiateForgotPassword`. */
  readonly username: string;
  /** The code that `initiateForgotPassword` sent. */
  readonly code: string;
  /** The new password. */
  readonly password: string;
}

/** Password recovery: ForgotPassword, ConfirmForgotPassword. */
export class PasswordRecoveryFlow {
  constructor(private readonly dependencies: Pick<UserDependencies<object>, 'client' | 'appClient'>) {}

  async initiate(request: UsernameRequest): Promise<CodeDelivery> {
    requireObject('request', request);
    requireText('username', request.username);
    const { client, appClient } = this.dependencies;
    const user = await clientAndUsername(appClient, request.username);
    const { CodeDeliveryDetails } = await client.send('ForgotPassword', { ...user, ...sdkContext(request) });
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
      ...(await clientAndUsername(appClient, username)),
      ConfirmationCode: code,
      Password: password,
      ...sdkContext(request),
    });
  }
}
