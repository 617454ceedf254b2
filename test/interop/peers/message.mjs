// @ts-check
// What a test and a peer in another process say to each other: JSON, and dates stay dates.

/**
 * @param {unknown} message
 * @returns {string}
 */
export function encode(message) {
  return JSON.stringify(message, function (/** @type {string} */ key, /** @type {unknown} */ value) {
    const original = /** @type {Record<string, unknown>} */ (this)[key];
    return original instanceof Date ? { $date: original.getTime() } : value;
  });
}

/**
 * @param {string} text
 * @returns {unknown}
 */
export function decode(text) {
  return JSON.parse(text, (_key, value) =>
    typeof value === 'object' && value !== null && '$date' in value ? new Date(value.$date) : value,
  );
}
