/**
 * Why a token was rejected: what was expected of it and what it has, both without control characters and of at most 200
 * characters. For logs and events, not for clients: it tells about your configuration. It holds single values of a token
 * that was rejected, such as `iss`, and never the token.
 *
 * @publicApi
 */
export interface ClaimMismatch {
  readonly expected: string;
  readonly received: string;
}

const MAX_LENGTH = 200;

/** What starts a new line or changes what a terminal or a log viewer shows. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Describes a mismatch. Both texts may contain values of a token that nobody has verified. */
export function claimMismatch(expected: string, received: string): ClaimMismatch {
  return { expected: printable(expected), received: printable(received) };
}

/** A claim as text, such as `iss "https://issuer.example"`. */
export function claimText(name: string, value: unknown): string {
  return value === undefined ? `no ${name}` : `${name} ${JSON.stringify(value)}`;
}

/** What a claim may be, such as `client_id "a" or "b"`. */
export function anyOf(name: string, values: Iterable<unknown>): string {
  return `${name} ${[...values].map((value) => JSON.stringify(value)).join(' or ')}`;
}

/** The time of a claim in seconds, such as `exp 2026-11-26T12:00:00.000Z`. */
export function timeText(name: string, seconds: number): string {
  const time = new Date(seconds * 1000);
  return `${name} ${Number.isNaN(time.getTime()) ? String(seconds) : time.toISOString()}`;
}

/** A value that a client may have chosen, as a part of a line: it must neither begin another line nor hide this one. */
export function printable(text: string): string {
  const clean = text.replace(UNPRINTABLE, '');
  return clean.length > MAX_LENGTH ? `${clean.slice(0, MAX_LENGTH - 1)}…` : clean;
}
