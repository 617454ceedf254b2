import type { AttributeUpdates } from '../attributes/user-attributes.js';
import { readCodeDelivery, type CodeDelivery } from '../client/shapes/code-delivery.js';
import { MandateArgumentError } from '../errors/argument-error.js';
import { requireObject, requireText } from '../errors/require-argument.js';
import type { UserDependencies } from './user-dependencies.js';

/** A change to one's own attributes. */
export interface UpdateAttributesRequest<Attributes extends object> {
  readonly accessToken: string;
  readonly attributes: AttributeUpdates<Attributes>;
  /** For the CustomMessage trigger. */
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
}

/** Attributes to be removed, by name. */
export interface DeleteAttributesRequest<Attributes extends object> {
  readonly accessToken: string;
  readonly names: readonly (keyof Attributes & string)[];
}

/** An attribute whose owner is to be sent a code. */
export interface SendVerificationRequest {
  readonly accessToken: string;
  /** Default `email`. */
  readonly attribute?: 'email' | 'phone_number' | undefined;
  /** For the CustomMessage trigger. */
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
}

/** A code that proves an attribute. */
export interface ValidateVerificationRequest {
  readonly accessToken: string;
  readonly code: string;
  /** Default `email`. */
  readonly attribute?: 'email' | 'phone_number' | undefined;
}

/** A signed-in user's own attributes. */
export class CognitoAttributes<Attributes extends object> {
  constructor(private readonly dependencies: Pick<UserDependencies<Attributes>, 'client' | 'codec'>) {}

  /**
   * The attributes that the app client may read (GetUser).
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
   * Sets attributes (UpdateUserAttributes).
   *
   * @returns where codes went for e-mail addresses and phone numbers that changed.
   * @throws CognitoServiceError with the code ACCESS_TOKEN_..., ALIAS_EXISTS, PARAMETER_INVALID, NOT_AUTHORIZED (not
   *   writable) or CODE_DELIVERY_FAILED.
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
   * @throws CognitoServiceError with the code ACCESS_TOKEN_..., PARAMETER_INVALID (a required attribute) or
   *   NOT_AUTHORIZED (not writable).
   * @throws MandateArgumentError when `names` is no list of at least one attribute.
   */
  async delete(request: DeleteAttributesRequest<Attributes>): Promise<void> {
    requireObject('request', request);
    const { accessToken, names } = request;
    requireText('accessToken', accessToken);
    if (!(names instanceof Array) || names.length === 0) {
      throw new MandateArgumentError('names', 'must be a list of at least one attribute');
    }
    const { client, codec } = this.dependencies;
    await client.send('DeleteUserAttributes', {
      AccessToken: accessToken,
      UserAttributeNames: names.map((name) => codec.nameOf(name)),
    });
  }

  /**
   * Sends a code to the owner of an e-mail address or phone number (GetUserAttributeVerificationCode).
   *
   * @throws CognitoServiceError with the code ACCESS_TOKEN_..., LIMIT_EXCEEDED, CODE_DELIVERY_FAILED or
   *   PARAMETER_INVALID.
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
   * Takes the code back; the attribute is verified then (VerifyUserAttribute).
   *
   * @throws CognitoServiceError with the code ACCESS_TOKEN_..., CODE_MISMATCH, CODE_EXPIRED, ALIAS_EXISTS or
   *   LIMIT_EXCEEDED.
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
