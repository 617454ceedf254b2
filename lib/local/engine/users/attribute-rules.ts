import type { AttributeType } from '@aws-sdk/client-cognito-identity-provider';

import type { AppClient } from '../../model/app-client.js';
import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import { type CognitoFault, invalidParameter, notAuthorized } from '../cognito-fault.js';
import { requiredAttributes, settableAttribute } from '../pools/schema.js';
import { assertNoViolations, schemaViolations } from './schema-violations.js';

/** Attributes by name. */
export type Attributes = Readonly<Record<string, string>>;

const EMAIL = /^[^\s@]+@[^\s@]+$/;
/** `identities` changes with the identities at providers. */
const SET_BY_COGNITO = ['sub', 'identities'];
/** E.164. */
const PHONE = /^\+[1-9]\d{1,14}$/;

/** Whether a text looks like an email address. */
export function looksLikeEmail(text: string): boolean {
  return EMAIL.test(text);
}

/** Whether a text looks like a phone number (E.164). */
export function looksLikePhone(text: string): boolean {
  return PHONE.test(text);
}

/** Converts the list of attributes on the wire to a record. The last of two attributes with the same name wins. */
export function attributesByName(list: readonly AttributeType[] = []): Record<string, string> {
  return Object.fromEntries(list.map(({ Name = '', Value = '' }) => [Name, Value]));
}

/**
 * Checks the attributes of a self-service sign-up, which must include those that the schema requires.
 *
 * @throws CognitoFault InvalidParameterException
 */
export function assertSignUpAttributes(pool: Pool, attributes: Attributes): void {
  const missing = requiredAttributes(pool).filter((name) => !attributes[name]);
  assertNoViolations([
    ...schemaViolations(pool, attributes),
    ...missing.map((name) => `${name}: The attribute is required`),
  ]);
  assertFormats(attributes);
}

/**
 * Checks the attributes of a user whom an administrator creates. NEW_PASSWORD_REQUIRED asks for missing required ones.
 *
 * @throws CognitoFault InvalidParameterException
 */
export function assertNewAttributes(pool: Pool, attributes: Attributes): void {
  assertNoViolations(schemaViolations(pool, attributes));
  assertFormats(attributes);
}

/**
 * Ensures that nobody writes what Cognito itself sets.
 *
 * @throws CognitoFault InvalidParameterException
 */
export function assertAssignable(attributes: Attributes): void {
  const fixed = SET_BY_COGNITO.find((name) => Object.hasOwn(attributes, name));
  if (fixed !== undefined) {
    throw invalidParameter(`Cannot modify the non-mutable attribute ${fixed}`);
  }
}

/**
 * Checks changes of attributes. An empty value deletes an attribute.
 *
 * @throws CognitoFault InvalidParameterException
 */
export function assertChangedAttributes(pool: Pool, attributes: Attributes): void {
  assertAssignable(attributes);
  for (const name of Object.keys(attributes)) {
    const attribute = settableAttribute(pool, name);
    if (attribute === undefined) {
      throw invalidParameter(`user.${name}: Attribute does not exist in the schema.\n`);
    }
    if (attribute.Mutable === false) {
      throw immutableAttribute(name);
    }
    if (attribute.Required && attributes[name] === '') {
      throw invalidParameter(`Attributes did not conform to the schema: ${name}: The attribute is required\n`);
    }
  }
  assertNewAttributes(pool, Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== '')));
}

/** The refusal to change an attribute that only the creation of the user sets. */
export function immutableAttribute(name: string): CognitoFault {
  return invalidParameter(`user.${name}: Attribute cannot be updated. (changing an immutable attribute)`);
}

/**
 * Checks that a client has write permission for attributes.
 *
 * @throws CognitoFault NotAuthorizedException
 */
export function assertWritable(pool: Pool, client: AppClient, names: readonly string[]): void {
  const allowed = client.settings.WriteAttributes;
  const unrestricted = allowed === undefined || allowed.length === 0;
  const forbidden = names.some(
    (name) =>
      name.endsWith('_verified') ||
      (pool.schema.get(name)?.DeveloperOnlyAttribute ?? false) ||
      (!unrestricted && !allowed.includes(name)),
  );
  if (forbidden) {
    throw notAuthorized('A client attempted to write unauthorized attribute');
  }
}

/**
 * Sets attributes. An empty value removes an attribute. A new email address or phone number becomes unverified unless
 * the changes include its `_verified` flag.
 */
export function changeAttributes(pool: Pool, user: User, changes: Attributes): void {
  const next = new Map(Object.entries(user.attributes));
  for (const [name, value] of Object.entries(changes)) {
    const flag = `${name}_verified`;
    if (pool.schema.has(flag) && value !== next.get(name) && changes[flag] === undefined) {
      next.set(flag, 'false');
    }
    if (value === '') {
      next.delete(name);
      next.delete(flag);
    } else {
      next.set(name, value);
    }
  }
  user.attributes = Object.fromEntries(next);
}

function assertFormats({ email, phone_number: phone }: Attributes): void {
  if (email !== undefined && !looksLikeEmail(email)) {
    throw invalidParameter('Invalid email address format.');
  }
  if (phone !== undefined && !looksLikePhone(phone)) {
    throw invalidParameter('Invalid phone number format.');
  }
}
