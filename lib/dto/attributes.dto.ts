import type { AttributeUpdates, UserAttributes } from '../attributes/user-attributes.js';

import { AttributesField } from './attributes-field.decorator.js';
import { ATTRIBUTE_NAME, CODE, VERIFIABLE_ATTRIBUTES } from './constraints.js';
import { ChoiceField, TextField, TextListField } from './field.decorators.js';

type VerifiableAttribute = (typeof VERIFIABLE_ATTRIBUTES)[number];

const PROVEN = { description: 'The attribute that the code proves; default `email`.', default: 'email' };

/**
 * The body that changes one's own attributes: `cognito.updateProfile({ accessToken, ...body })`. Which attributes users
 * may change is the app client's `WriteAttributes`.
 */
export class UpdateProfileDto<Attributes extends object = UserAttributes> {
  @AttributesField({
    description: 'The attributes to set; null removes one.',
    example: { given_name: 'Ada', nickname: null },
    removable: true,
  })
  declare attributes: AttributeUpdates<Attributes>;
}

/** The body that removes attributes: `cognito.attributes.delete({ accessToken, ...body })`. */
export class DeleteAttributesDto<Attributes extends object = UserAttributes> {
  @TextListField(ATTRIBUTE_NAME, { description: 'The names of the attributes to remove.', example: ['nickname'] })
  declare names: (keyof Attributes & string)[];
}

/** The body that asks for a code to prove an attribute with: `cognito.sendVerification({ accessToken, ...body })`. */
export class SendVerificationDto {
  @ChoiceField(VERIFIABLE_ATTRIBUTES, { ...PROVEN, optional: true })
  declare attribute?: VerifiableAttribute;
}

/** The body that brings such a code back: `cognito.validateVerification({ accessToken, ...body })`. */
export class ValidateVerificationDto {
  @TextField(CODE, { description: 'The code that Cognito sent.', example: '123456' })
  declare code: string;

  @ChoiceField(VERIFIABLE_ATTRIBUTES, { ...PROVEN, optional: true })
  declare attribute?: VerifiableAttribute;
}
