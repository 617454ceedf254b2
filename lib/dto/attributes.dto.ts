import type { AttributeUpdates, UserAttributes } from '../attributes/user-attributes.js';

import { AttributesField } from './attributes-field.decorator.js';
import { ATTRIBUTE_NAME, CODE, VERIFIABLE_ATTRIBUTES } from './constraints.js';
import { ChoiceField, TextField, TextListField } from './field.decorators.js';

/**
 * An attribute that a code can verify.
 *
 * @publicApi
 */
export type VerifiableAttribute = (typeof VERIFIABLE_ATTRIBUTES)[number];

const VERIFIED = { description: 'The attribute to verify. Default: `email`.', default: 'email' };

/**
 * Body of a request that changes attributes of the signed-in user: `cognito.updateProfile({ accessToken, ...body })`.
 * The app client's `WriteAttributes` decides which attributes users may change.
 *
 * @publicApi
 */
export class UpdateProfileDto<Attributes extends object = UserAttributes> {
  @AttributesField({
    description: 'The attributes to set. `null` removes an attribute.',
    example: { given_name: 'Ada', nickname: null },
    removable: true,
  })
  declare attributes: AttributeUpdates<Attributes>;
}

/**
 * Body of a request that removes attributes: `cognito.attributes.delete({ accessToken, ...body })`.
 *
 * @publicApi
 */
export class DeleteAttributesDto<Attributes extends object = UserAttributes> {
  @TextListField(ATTRIBUTE_NAME, { description: 'The names of the attributes to remove.', example: ['nickname'] })
  declare names: (keyof Attributes & string)[];
}

/**
 * Body of a request for a verification code: `cognito.sendVerification({ accessToken, ...body })`.
 *
 * @publicApi
 */
export class SendVerificationDto {
  @ChoiceField(VERIFIABLE_ATTRIBUTES, { ...VERIFIED, optional: true })
  declare attribute?: VerifiableAttribute;
}

/**
 * Body of a request that verifies an attribute: `cognito.validateVerification({ accessToken, ...body })`.
 *
 * @publicApi
 */
export class ValidateVerificationDto {
  @TextField(CODE, { description: 'The code that Cognito sent.', example: '123456' })
  declare code: string;

  @ChoiceField(VERIFIABLE_ATTRIBUTES, { ...VERIFIED, optional: true })
  declare attribute?: VerifiableAttribute;
}
