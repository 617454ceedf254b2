import type { NamedValue } from '../../attributes/attribute-codec.js';
import { requireMember } from '../../protocol/protocol-error.js';

/**
 * The user's id, from the attributes that GetUser and AdminGetUser return.
 *
 * @throws UnexpectedAnswerError if the attribute `sub` is missing.
 */
export function readSub(attributes: readonly NamedValue[] | undefined): string {
  return requireMember('the attribute sub', attributes?.find(({ Name }) => Name === 'sub')?.Value);
}
