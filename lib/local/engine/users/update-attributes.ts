import type { CodeDeliveryDetailsType } from '@aws-sdk/client-cognito-identity-provider';

import type { AppClient } from '../../model/app-client.js';
import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import { CognitoFault, invalidParameter } from '../cognito-fault.js';
import type { Environment } from '../environment.js';
import type { Channel } from '../messages/outgoing-message.js';
import { claimAlias, markVerified } from './aliases.js';
import { assertChangedAttributes, type Attributes, changeAttributes } from './attribute-rules.js';
import { sendCode } from './codes.js';
import { usernameAttributeOwner } from './find-user.js';

/** A change of a user's attributes. */
export interface AttributeChange {
  readonly pool: Pool;
  readonly user: User;
  readonly attributes: Attributes;
  /** Undefined when an administrator makes it. */
  readonly client?: AppClient | undefined;
  readonly clientMetadata?: Record<string, string> | undefined;
}

const CHANNELS: readonly Channel[] = ['email', 'phone_number'];

/** Changes attributes and sends codes to new addresses that the pool verifies by itself. */
export async function updateAttributes(
  environment: Environment,
  change: AttributeChange,
): Promise<CodeDeliveryDetailsType[]> {
  const { pool, user } = change;
  assertChangedAttributes(pool, change.attributes);
  assertAliasesFree(change);
  const addresses = CHANNELS.filter((name) => isNewAddress(change, name));
  const waiting = addresses.filter((name) => waitsForCode(change, name));
  changeAttributes(pool, user, without(change.attributes, waiting));
  for (const name of addresses) {
    user.pendingAttributes = without(user.pendingAttributes, [name]);
  }
  for (const name of waiting) {
    user.pendingAttributes[name] = change.attributes[name] ?? '';
  }
  user.modifiedAt = environment.clock();
  return sendCodes(environment, change, addresses);
}

/** Marks an address as verified; one that waited for its code replaces the old one. */
export function confirmAttribute(pool: Pool, user: User, attribute: Channel): void {
  const value = user.pendingAttributes[attribute] ?? user.attributes[attribute] ?? '';
  claimAlias(pool, user, attribute, value, { wording: 'the given' });
  user.attributes[attribute] = value;
  user.pendingAttributes = without(user.pendingAttributes, [attribute]);
  markVerified(user, attribute);
}

/**
 * Deletes attributes.
 *
 * @throws CognitoFault InvalidParameterException for those that must stay or never were.
 */
export function deleteAttributes(pool: Pool, user: User, names: readonly string[], now: number): void {
  for (const name of names) {
    const attribute = pool.schema.get(name);
    if (attribute === undefined) {
      throw invalidParameter(`Invalid user attributes: user.${name}: Attribute does not exist in the schema.\n`);
    }
    if (attribute.Required || attribute.Mutable === false) {
      throw invalidParameter(`Invalid user attributes: user.${name}: Attribute cannot be deleted.\n`);
    }
  }
  changeAttributes(pool, user, Object.fromEntries(names.map((name) => [name, ''])));
  user.modifiedAt = now;
}

/** What becomes an alias at once must be free: usernames, preferred usernames, and what comes as verified. */
function assertAliasesFree({ pool, user, attributes }: AttributeChange): void {
  for (const name of [...CHANNELS, 'preferred_username']) {
    const value = attributes[name] ?? user.attributes[name] ?? '';
    const isUsername = attributes[name] !== undefined && usernameAttributeOwner(pool, name, value, user) !== undefined;
    if (isUsername) {
      throw new CognitoFault('AliasExistsException', `An account with the given ${name} already exists.`);
    }
    const becomesAlias =
      name === 'preferred_username' ? attributes[name] !== undefined : attributes[`${name}_verified`] === 'true';
    if (becomesAlias && value !== '') {
      claimAlias(pool, user, name, value, { wording: 'the given' });
    }
  }
}

function isNewAddress({ user, attributes }: AttributeChange, name: Channel): boolean {
  const value = attributes[name];
  return value !== undefined && value !== '' && value !== user.attributes[name];
}

/** Whether the old, verified address stays until the new one has proven itself. Administrators do not wait. */
function waitsForCode({ pool, user, client }: AttributeChange, name: Channel): boolean {
  const guarded = pool.settings.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate ?? [];
  return client !== undefined && guarded.includes(name) && user.attributes[`${name}_verified`] === 'true';
}

async function sendCodes(
  environment: Environment,
  { pool, user, client, attributes, clientMetadata }: AttributeChange,
  addresses: readonly Channel[],
): Promise<CodeDeliveryDetailsType[]> {
  const verified = pool.settings.AutoVerifiedAttributes ?? [];
  const sent: CodeDeliveryDetailsType[] = [];
  for (const channel of addresses) {
    if (verified.includes(channel) && attributes[`${channel}_verified`] !== 'true') {
      const letter = {
        pool,
        user,
        channel,
        kind: 'UpdateUserAttribute',
        clientId: client?.id,
        clientMetadata,
      } as const;
      sent.push(await sendCode(environment, `verify-${channel}`, { ...letter, to: attributes[channel] ?? '' }));
    }
  }
  return sent;
}

function without(attributes: Attributes, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !names.includes(name)));
}
