import type { CodeDeliveryDetailsType } from '@aws-sdk/client-cognito-identity-provider';

import type { AppClient } from '../../model/app-client.js';
import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import { CognitoFault, invalidParameter } from '../cognito-fault.js';
import type { Environment } from '../environment.js';
import { type Channel, CHANNELS } from '../messages/outgoing-message.js';
import { claimAlias } from './aliases.js';
import { assertChangedAttributes, type Attributes, changeAttributes } from './attribute-rules.js';
import { type AcceptedCode, sendCode } from './codes.js';
import { assertStillNamed } from './delete-attributes.js';
import { usernameAttributeOwner } from './find-user.js';
import { isVerified, markVerified } from './verification-flags.js';

const FLAG_TEXTS: readonly (readonly [Channel, string])[] = [
  ['email', 'Email is required to verify/un-verify an email'],
  ['phone_number', 'Phone Number is required to verify/un-verify a phone number'],
];

/** A change of a user's attributes. */
export interface AttributeChange {
  readonly pool: Pool;
  readonly user: User;
  readonly attributes: Attributes;
  /** Undefined when an administrator changes the attributes. */
  readonly client?: AppClient | undefined;
  readonly clientMetadata?: Record<string, string> | undefined;
}

/**
 * Changes attributes. New addresses that the pool verifies automatically receive a code.
 *
 * @returns where codes were sent.
 * @throws CognitoFault InvalidParameterException, AliasExistsException
 */
export async function updateAttributes(
  environment: Environment,
  change: AttributeChange,
): Promise<CodeDeliveryDetailsType[]> {
  const { pool, user } = change;
  assertChangedAttributes(pool, change.attributes);
  const emptied = Object.entries(change.attributes).filter(([, value]) => value === '');
  assertStillNamed(
    pool,
    user,
    emptied.map(([name]) => name),
  );
  assertFlagsHaveAddress(change);
  assertAliasesFree(change);
  const addresses = CHANNELS.filter((name) => isNewAddress(change, name));
  const pending = addresses.filter((name) => awaitsVerification(change, name));
  changeAttributes(pool, user, without(change.attributes, pending));
  for (const name of addresses) {
    user.pendingAttributes = without(user.pendingAttributes, [name]);
  }
  for (const name of pending) {
    user.pendingAttributes[name] = change.attributes[name] ?? '';
  }
  user.modifiedAt = environment.clock();
  return sendCodes(environment, change, addresses);
}

/** Marks the address that received a code as verified. A pending new address replaces the old one. */
export function confirmAttribute(pool: Pool, user: User, { attribute, address }: AcceptedCode): void {
  claimAlias(pool, user, attribute, address, { wording: 'the given' });
  user.attributes[attribute] = address;
  user.pendingAttributes = without(user.pendingAttributes, [attribute]);
  markVerified(user, attribute);
}

/** A `_verified` flag without an address would make the next address verified. */
function assertFlagsHaveAddress({ user, attributes }: AttributeChange): void {
  for (const [name, text] of FLAG_TEXTS) {
    if (attributes[`${name}_verified`] && !(attributes[name] ?? user.attributes[name])) {
      throw invalidParameter(text);
    }
  }
}

/**
 * Username attributes, preferred usernames and verified addresses become aliases at once and so must be free.
 *
 * @throws CognitoFault AliasExistsException
 */
export function assertAliasesFree({
  pool,
  user,
  attributes,
}: Pick<AttributeChange, 'pool' | 'user' | 'attributes'>): void {
  for (const name of [...CHANNELS, 'preferred_username']) {
    const value = attributes[name] ?? user.attributes[name] ?? '';
    const isUsername = attributes[name] !== undefined && usernameAttributeOwner(pool, name, value, user) !== undefined;
    if (isUsername) {
      throw new CognitoFault('AliasExistsException', `An account with the given ${name} already exists.`);
    }
    const becomesAlias = name === 'preferred_username' ? attributes[name] !== undefined : isVerified(attributes, name);
    if (becomesAlias && value !== '') {
      claimAlias(pool, user, name, value, { wording: 'the given' });
    }
  }
}

function isNewAddress({ user, attributes }: AttributeChange, name: Channel): boolean {
  const value = attributes[name];
  return value !== undefined && value !== '' && value !== user.attributes[name];
}

/** Whether the verified old address stays until the new one is verified. Administrators' changes apply at once. */
function awaitsVerification({ pool, user, client }: AttributeChange, name: Channel): boolean {
  const guarded = pool.settings.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate ?? [];
  return client !== undefined && guarded.includes(name) && isVerified(user.attributes, name);
}

async function sendCodes(
  environment: Environment,
  { pool, user, client, attributes, clientMetadata }: AttributeChange,
  addresses: readonly Channel[],
): Promise<CodeDeliveryDetailsType[]> {
  const autoVerified = pool.settings.AutoVerifiedAttributes ?? [];
  const sent: CodeDeliveryDetailsType[] = [];
  for (const channel of addresses) {
    if (autoVerified.includes(channel) && !isVerified(attributes, channel)) {
      const to = attributes[channel] ?? '';
      const message = { pool, user, channel, to, clientId: client?.id, clientMetadata };
      sent.push(await sendCode(environment, `verify-${channel}`, { ...message, kind: 'UpdateUserAttribute' }));
    }
  }
  return sent;
}

function without(attributes: Attributes, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !names.includes(name)));
}
