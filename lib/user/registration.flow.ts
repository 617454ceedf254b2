import { sdkContext, type CallContext } from '../client/shapes/call-context.js';
import { sdkValidationData } from '../client/shapes/validation-data.js';
import { readCodeDelivery, type CodeDelivery } from '../client/shapes/code-delivery.js';
import { requireObject, requireText, requireTextIfGiven } from '../errors/require-argument.js';
import { requireMember } from '../protocol/protocol-error.js';
import { clientAndUsername } from './client-and-username.js';
import type { UserDependencies } from './user-dependencies.js';

/**
 * A new user.
 *
 * @publicApi
 */
export interface RegisterRequest<Attributes extends object> extends CallContext {
  /** In pools where the e-mail address or phone number is the username: that address or number. */
  readonly username: string;
  /** Optional where the pool allows sign-in without a password. */
  readonly password?: string | undefined;
  /** Default: none. */
  readonly attributes?: Attributes | undefined;
  /** For the PreSignUp trigger only; not stored. */
  readonly validationData?: Readonly<Record<string, string>> | undefined;
}

/**
 * The result of a sign-up.
 *
 * @publicApi
 */
export interface Registration {
  /** The user's id, which never changes. */
  readonly userSub: string;
  /** Whether the user can sign in. If false, call `confirmSignUp`. */
  readonly confirmed: boolean;
  /** Where the confirmation code was sent, if one was. */
  readonly delivery?: CodeDelivery;
  /** Pass it to `confirmSignUp` to sign the user in later without another code. */
  readonly session?: string;
}

/**
 * A user and the confirmation code of the sign-up.
 *
 * @publicApi
 */
export interface ConfirmSignUpRequest extends CallContext {
  /** The username that was passed to `register`. */
  readonly username: string;
  /** The code that `register` or `resendConfirmationCode` sent. */
  readonly code: string;
  /** Whether to take an e-mail address or phone number from the account that has it as its alias. Default: false. */
  readonly forceAliasCreation?: boolean | undefined;
  /** The session that `register` returned. */
  readonly session?: string | undefined;
}

/**
 * The result of a confirmation.
 *
 * @publicApi
 */
export interface SignUpConfirmation {
  /** Pass it to `authenticate({ flow: 'USER_AUTH', username, session })` to sign the user in without another code. */
  readonly session?: string;
}

/**
 * A user, and the context of the call.
 *
 * @publicApi
 */
export interface UsernameRequest extends CallContext {
  /** The username, or an alias. */
  readonly username: string;
}

/** Sign-up: SignUp, ConfirmSignUp, ResendConfirmationCode. */
export class RegistrationFlow<Attributes extends object> {
  constructor(private readonly dependencies: Pick<UserDependencies<Attributes>, 'client' | 'appClient' | 'codec'>) {}

  async register(request: RegisterRequest<Attributes>): Promise<Registration> {
    requireObject('request', request);
    const { username, password, attributes, validationData } = request;
    requireText('username', username);
    requireTextIfGiven('password', password);
    const { client, appClient, codec } = this.dependencies;
    const { UserSub, UserConfirmed, CodeDeliveryDetails, Session } = await client.send('SignUp', {
      ...(await clientAndUsername(appClient, username)),
      Password: password,
      UserAttributes: attributes && codec.encode(attributes),
      ValidationData: sdkValidationData(validationData),
      ...sdkContext(request),
    });
    return {
      userSub: requireMember('UserSub', UserSub),
      confirmed: UserConfirmed ?? false,
      ...(CodeDeliveryDetails && { delivery: readCodeDelivery(CodeDeliveryDetails) }),
      ...(Session !== undefined && { session: Session }),
    };
  }

  async confirm(request: ConfirmSignUpRequest): Promise<SignUpConfirmation> {
    requireObject('request', request);
    const { username, code, forceAliasCreation, session } = request;
    requireText('username', username);
    requireText('code', code);
    requireTextIfGiven('session', session);
    const { client, appClient } = this.dependencies;
    const { Session } = await client.send('ConfirmSignUp', {
      ...(await clientAndUsername(appClient, username)),
      ConfirmationCode: code,
      ForceAliasCreation: forceAliasCreation,
      Session: session,
      ...sdkContext(request),
    });
    return Session === undefined ? {} : { session: Session };
  }

  async resendCode(request: UsernameRequest): Promise<CodeDelivery> {
    requireObject('request', request);
    requireText('username', request.username);
    const { client, appClient } = this.dependencies;
    const user = await clientAndUsername(appClient, request.username);
    const { CodeDeliveryDetails } = await client.send('ResendConfirmationCode', { ...user, ...sdkContext(request) });
    return readCodeDelivery(CodeDeliveryDetails ?? {});
  }
}
