import type { NamedValue } from '../attributes/attribute-codec.js';

/** A way to send an invitation (DeliveryMediumType of the API). */
export type DeliveryMedium = 'EMAIL' | 'SMS';

/**
 * How to send an invitation if the request does not say: to every address that the user is created with. Cognito's own
 * default is SMS, so that a user with an e-mail address alone would not receive anything.
 *
 * @param username - counts as an address too: in pools where the e-mail address or phone number is the username, Cognito
 *   makes it an attribute.
 * @returns undefined without an address.
 */
export function invitationMediums(
  username: string,
  attributes: readonly NamedValue[] = [],
): DeliveryMedium[] | undefined {
  const has = (name: string): boolean => attributes.some(({ Name, Value = '' }) => Name === name && Value !== '');
  const mediums: DeliveryMedium[] = [
    ...(has('email') || username.includes('@') ? ['EMAIL' as const] : []),
    ...(has('phone_number') || /^\+\d+$/.test(username) ? ['SMS' as const] : []),
  ];
  return mediums.length > 0 ? mediums : undefined;
}
