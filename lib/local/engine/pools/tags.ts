import type { Pool } from '../../model/pool.js';
import { CognitoFault, invalidParameter } from '../cognito-fault.js';

/** More tags than these cannot be on a pool. */
const MAX_TAGS = 50;
const RESERVED = /^aws:/i;
/** Letters, digits, white space and `_.:/=+-@`: what AWS allows in tags of every service. */
const ALLOWED = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Tags by key. */
export type Tags = Readonly<Record<string, string>>;

/**
 * Checks the tags of a pool. Not verified against AWS: the texts.
 *
 * @param fault - CreateUserPool and UpdateUserPool have an exception of their own.
 * @throws CognitoFault UserPoolTaggingException or InvalidParameterException
 */
export function assertTags(tags: Tags, fault: (text: string) => CognitoFault = userPoolTagging): void {
  const entries = Object.entries(tags);
  if (entries.some(([key]) => RESERVED.test(key))) {
    throw fault('Tag keys starting with aws: are reserved for system use.');
  }
  if (!entries.flat().every((text) => ALLOWED.test(text))) {
    throw fault('Tag keys and values may contain letters, numbers, spaces, and _ . : / = + - @ only.');
  }
  if (entries.length > MAX_TAGS) {
    throw fault(`A user pool cannot have more than ${MAX_TAGS} tags.`);
  }
}

/** The tags of a pool: `UserPoolTags` of CreateUserPool, and what TagResource added. */
export function tagsOf({ settings }: Pool): Tags {
  return settings.UserPoolTags ?? {};
}

/** Adds tags, or replaces their values. @throws CognitoFault InvalidParameterException */
export function addTags(pool: Pool, tags: Tags): void {
  const all = { ...tagsOf(pool), ...tags };
  assertTags(all, invalidParameter);
  pool.settings = { ...pool.settings, UserPoolTags: all };
}

/** Removes tags. Keys that the pool does not have are ignored. */
export function removeTags(pool: Pool, keys: readonly string[]): void {
  const kept = Object.entries(tagsOf(pool)).filter(([key]) => !keys.includes(key));
  pool.settings = { ...pool.settings, UserPoolTags: Object.fromEntries(kept) };
}

function userPoolTagging(text: string): CognitoFault {
  return new CognitoFault('UserPoolTaggingException', text);
}
