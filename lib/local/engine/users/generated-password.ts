import type { Random } from '../random.js';

const EXTRA_LENGTH = 8;

/** A temporary password that fits every policy: letters of both cases, digits and a symbol, longer than any minimum. */
export function generatePassword(random: Random, minimumLength: number): string {
  return `${random.alphanumeric(minimumLength + EXTRA_LENGTH)}aZ7!`;
}
