import { createHash } from 'node:crypto';

import { invalidParameter } from '../engine/cognito-fault.js';

/** The members that are tokens of pages, in requests and in responses. */
const TOKEN_MEMBERS = ['NextToken', 'PaginationToken'] as const;
/** Parameters that may differ from page to page. An access token may be renewed meanwhile. */
const FREE_MEMBERS: readonly string[] = [...TOKEN_MEMBERS, 'Limit', 'MaxResults', 'AccessToken'];
const LIFETIME_MS = 3_600_000;
const SEAL_LENGTH = 22;

type Members = Readonly<Record<string, unknown>>;

/** A call of an operation, to which the tokens of its pages are bound. */
export interface PagedCall {
  readonly operation: string;
  readonly input: Members;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * Replaces the token that a client sent by the position that it stands for.
 *
 * @throws CognitoFault InvalidParameterException if it is none, has expired, or is another operation's or other
 *   parameters'.
 */
export function openPageToken(call: PagedCall): Members {
  const member = TOKEN_MEMBERS.find((name) => typeof call.input[name] === 'string');
  return member === undefined ? call.input : { ...call.input, [member]: opened(String(call.input[member]), call) };
}

/** Replaces the position of the next page in a response by a token: opaque, and valid for an hour. */
export function sealPageToken(output: object, call: PagedCall): object {
  const members = output as Members;
  const member = TOKEN_MEMBERS.find((name) => typeof members[name] === 'string');
  return member === undefined ? output : { ...output, [member]: sealed(String(members[member]), call) };
}

function sealed(position: string, call: PagedCall): string {
  const content = Buffer.from(JSON.stringify([position, call.now])).toString('base64url');
  return sealOf(content, call) + content;
}

function opened(token: string, call: PagedCall): string {
  const content = token.slice(SEAL_LENGTH);
  if (token.slice(0, SEAL_LENGTH) === sealOf(content, call)) {
    const [position, sealedAt] = JSON.parse(Buffer.from(content, 'base64url').toString('utf8')) as [string, number];
    if (call.now < sealedAt + LIFETIME_MS) {
      return position;
    }
  }
  throw invalidParameter('Invalid pagination token');
}

/** Tells a token of the same listing from others; it need not withstand forgers. */
function sealOf(content: string, { operation, input }: PagedCall): string {
  const bound = Object.entries(input).filter(([name]) => !FREE_MEMBERS.includes(name));
  bound.sort(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify([operation, bound, content]);
  return createHash('sha256').update(text).digest('base64url').slice(0, SEAL_LENGTH);
}
