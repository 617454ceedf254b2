// @ts-check
import { decode, encode } from './message.mjs';

/** @typedef {(...args: any[]) => unknown} Operation */

/**
 * Answers the calls of the test that started this process, for as long as that lives.
 *
 * @param {object} operations Functions by name; what they take and return must be JSON.
 */
export function serve(operations) {
  process.on('disconnect', () => process.exit());
  process.on('message', (text) => {
    const { id, name, args } = /** @type {{ id: number, name: string, args: unknown[] }} */ (decode(String(text)));
    const operation = /** @type {Record<string, Operation | undefined>} */ (operations)[name];
    void answer(operation, args).then((outcome) => process.send?.(encode({ id, ...outcome })));
  });
}

/**
 * @param {Operation | undefined} operation
 * @param {unknown[]} args
 */
async function answer(operation, args) {
  try {
    return { result: await operation?.(...args) };
  } catch (error) {
    const { name, code, message } = Object(error);
    return { error: { name, code, message } };
  }
}
