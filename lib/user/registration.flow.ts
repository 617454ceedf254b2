import { sdkContext, sdkValidationData, type CallContext } from '../client/shapes/call-context.js';
import { readCodeDelivery, type CodeDelivery } from '../client/shapes/code-delivery.js';
import { requireObject, requireText, requireTextIfGiven } from '../errors/require-argument.js';
import { requireMember } from '../protocol/protocol-error.js';
import type { UserDependencies } from './user-dependencies.js';

/** Somebody who signs up. */
export interface RegisterRequest<Attributes extends object> extends CallContext {
  readonly username: string;
  /** May be left out where the pool allows sign-in without a password. */
  readonly password?: string | undefined;
  readonly attributes?: Attributes | undefined;
  /** For the PreSignUp trigger only; not stored. */
  readonly validationData?: Readonly<Record<string, string>> | undefined;
}

/** What became of a sign-up. */
export interface Registration {
  /** The user's id for life. */
  readonly userSub: string;
  /** Whether the user can sign in already; else `confirmSignUp` comes next. */
  readonly confirmed: boolean;
  /** Where the confirmation code went, when one was sent. */
  readonly delivery?: CodeDelivery;
  /** To be given to `confirmSignUp`, so that the user is signed in without another code. */
  readonly session?: string;
}

/** A confirmation code that came back. */
export interface ConfirmSignUpRequest extends CallContext {
  /** As given to `register`. */
  readonly username: string;
  readonly code: string;
  /** Takes an e-mail address or phone number away from the account that has it as alias. Default false. */
  readonly forceAliasCreation?: boolean | undefined;
  /** The session that `register` returned. */
  readonly session?: string | undefined;
}

/** What became of a confirmation. */
export interface SignUpConfirmation {
  /** To be given to `authenticate({ flow: 'USER_AUTH', session })`: signs in without another code. */
  readonly session?: string;
}

/** A user by name, with what the call can carry along. */
export interface UsernameRequest extends CallContext {
  readonly username: string;
}

/** Sign-up: SignUp, ConfirmSignUp, ResendConfirmationCode. The hash is over the username as sent in the same call. */
export class RegistrationFlow<Attributes extends object> {
  constructor(private readonly dependencies: UserDependencies<Attributes>) {}

  async register(request: RegisterRequest<Attributes>): Promise<Registration> {
    requireObject('request', request);
    const { username, password, attributes, validationData } = request;
    requireText('username', username);
    requireTextIfGiven('password', password);
    const { client, appClient, codec } = this.dependencies;
    const { UserSub, UserConfirmed, CodeDeliveryDetails, Session } = await client.send('SignUp', {
      ClientId: appClient.clientId,
      SecretHash: await appClient.secretHash(username),
      Username: username,
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
      ClientId: appClient.clientId,
      SecretHash: await appClient.secretHash(username),
      Username: username,
      ConfirmationCode: code,
      ForceAliasCreation: forceAliasCreation,
      Session: session,
      ...sdkContext(request),
    });
    return Session === undefined ? {} : { session: Session };
  }

  async resendCode(request: UsernameRequest): Promise<CodeDelivery> {
    requireObject('request', request);
    const { username } = request;
    requireText('username', username);
    const { client, appClient } = this.dependencies;
    const { CodeDeliveryDetails } = await client.send('ResendConfirmationCode', {
      ClientId: appClient.clientId,
      SecretHash: await appClient.secretHash(username),
      Username: username,
      ...sdkContext(request),
    });
    return readCodeDelivery(CodeDeliveryDetails ?? {});
  }
}
