import type { AttributeUpdates } from '../attributes/user-attributes.js';
import { readCodeDelivery, type CodeDelivery } from '../client/shapes/code-delivery.js';
import { MandateArgumentError } from '../errors/argument-error.js';
import { requireObject, requireText } from '../errors/require-argument.js';
import type { UserDependencies } from './user-dependencies.js';

/**
 * A change to the user's attributes.
 *
 * @publicApi
 */
export interface UpdateAttributesRequest<Attributes extends object> {
  /** Of the signed-in user. */
  readonly accessToken: string;
  /** New values under the application's names. Null removes an attribute. */
  readonly attributes: AttributeUpdates<Attributes>;
  /** For the CustomMessage trigger. */
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
}

/**
 * Attributes to remove.
 *
 * @publicApi
 */
export interface DeleteAttributesRequest<Attributes extends object> {
  /** Of the signed-in user. */
  readonly accessToken: string;
  /** At least one name, as the application spells it. */
  readonly names: readonly (keyof Attributes & string)[];
}

/**
 * An attribute to verify.
 *
 * @publicApi
 */
export interface SendVerificationRequest {
  /** Of the signed-in user. */
  readonly accessToken: string;
  /** Default: `email`. */
  readonly attribute?: 'email' | 'phone_number' | undefined;
  /** For the CustomMessage trigger. */
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
}

/**
 * A verification code for an attribute.
 *
 * @publicApi
 */
export interface ValidateVerificationRequest {
  /** Of the signed-in user. */
  readonly accessToken: string;
  /** The code that `sendVerification` or `update` sent. */
  readonly code: string;
  /** Default: `email`. */
  readonly attribute?: 'email' | 'phone_number' | undefined;
}

/**
 * Attributes of the signed-in user: `CognitoService.attributes`.
 *
 * @publicApi
 */
export class CognitoAttributes<Attributes extends object> {
  constructor(private readonly dependencies: Pick<UserDependencies<Attributes>, 'client' | 'codec'>) {}

  /**
   * Returns the attributes that the app client may read (GetUser).
   *
   * @throws CognitoServiceError with the code ACCESS_TOKEN_...
   */
  async get(accessToken: string): Promise<Attributes> {
    requireText('accessToken', accessToken);
    const { client, codec } = this.dependencies;
    const { UserAttributes } = await client.send('GetUser', { AccessToken: accessToken });
    return codec.decode(UserAttributes);
  }

  /**
   * Sets attributes; null removes one (UpdateUserAttributes).
   *
   * @returns where verification codes were sent for changed e-mail addresses and phone numbers.
   * @throws CognitoServiceError with the code ACCESS_TOKEN_..., ALIAS_EXISTS, ATTRIBUTE_INVALID, ATTRIBUTE_UNKNOWN,
   *   ATTRIBUTE_NOT_WRITABLE, ATTRIBUTE_IMMUTABLE or CODE_DELIVERY_FAILED.
   */
  async update(request: UpdateAttributesRequest<Attributes>): Promise<CodeDelivery[]> {
    requireObject('request', request);
    const { accessToken, attributes, clientMetadata } = request;
    requireText('accessToken', accessToken);
    const { client, codec } = this.dependencies;
    const { CodeDeliveryDetailsList } = await client.send('UpdateUserAttributes', {
      AccessToken: accessToken,
      UserAttributes: codec.encode(attributes),
      ClientMetadata: clientMetadata,
    });
    return (CodeDeliveryDetailsList ?? []).map(readCodeDelivery);
  }

  /**
   * Removes attributes (DeleteUserAttributes).
   *
   * @throws CognitoServiceError with the code ACCESS_TOKEN_..., ATTRIBUTE_UNKNOWN, ATTRIBUTE_NOT_DELETABLE or
   *   ATTRIBUTE_NOT_WRITABLE.
   * @throws MandateArgumentError if `names` is not a non-empty array.
   */
  async delete(request: DeleteAttributesRequest<Attributes>): Promise<void> {
    requireObject('request', request);
    const { accessToken, names } = request;
    requireText('accessToken', accessToken);
    if (!(names instanceof Array) || names.length === 0) {
      throw new MandateArgumentError('names', 'must be a non-empty array of attribute names');
    }
    const { client, codec } = this.dependencies;
    await client.send('DeleteUserAttributes', {
      AccessToken: accessToken,
      UserAttributeNames: names.map((name) => codec.nameOf(name)),
    });
  }

  /**
   * Sends a verification code to the user's e-mail address or phone number (GetUserAttributeVerificationCode).
   *
   * @returns where the code was sent.
   * @throws CognitoServiceError with the code ACCESS_TOKEN_..., ATTEMPTS_EXCEEDED, CODE_DELIVERY_FAILED,
   *   ADDRESS_MISSING or ATTRIBUTE_NOT_VERIFIABLE.
   */
  async sendVerification(request: SendVerificationRequest): Promise<CodeDelivery> {
    requireObject('request', request);
    const { accessToken, attribute = 'email', clientMetadata } = request;
    requireText('accessToken', accessToken);
    requireText('attribute', attribute);
    const { CodeDeliveryDetails } = await this.dependencies.client.send('GetUserAttributeVerificationCode', {
      AccessToken: accessToken,
      AttributeName: attribute,
      ClientMetadata: clientMetadata,
    });
    return readCodeDelivery(CodeDeliveryDetails ?? {});
  }

  /**
   * Verifies an attribute with the code that was sent to it (VerifyUserAttribute).
   *
   * @throws CognitoServiceError with the code ACCESS_TOKEN_..., CODE_MISMATCH, CODE_EXPIRED, ALIAS_EXISTS or
   *   ATTEMPTS_EXCEEDED.
   */
  async validateVerification(request: ValidateVerificationRequest): Promise<void> {
    requireObject('request', request);
    const { accessToken, code, attribute = 'email' } = request;
    requireText('accessToken', accessToken);
    requireText('code', code);
    requireText('attribute', attribute);
    await this.dependencies.client.send('VerifyUserAttribute', {
      AccessToken: accessToken,
      AttributeName: attribute,
      Code: code,
    });
  }
}
