import type { User } from '../../model/user.js';
import { type Channel, CHANNELS } from '../messages/outgoing-message.js';
import type { Attributes } from './attribute-rules.js';

/** Whether `<name>_verified` is true, in any spelling: administrators' values are kept as they wrote them. */
export function isVerified(attributes: Attributes, name: string): boolean {
  return isTrue(attributes[`${name}_verified`]);
}

/** Whether the value of a Boolean attribute is true. */
export function isTrue(value: string | undefined): boolean {
  return value?.toLowerCase() === 'true';
}

/** Marks an email address or phone number as verified. */
export function markVerified(user: User, attribute: Channel): void {
  user.attributes[`${attribute}_verified`] = 'true';
}

/** Marks an attribute as unverified, so that it stops being an alias. */
export function markUnverified(user: User, attribute: string): void {
  user.attributes[`${attribute}_verified`] = 'false';
}

/** Adds `email_verified` and `phone_number_verified` where they are missing. */
export function withVerificationFlags(attributes: Attributes, verified: boolean): Attributes {
  const flags = CHANNELS.filter((name) => attributes[name] !== undefined);
  return { ...Object.fromEntries(flags.map((name) => [`${name}_verified`, String(verified)])), ...attributes };
}
