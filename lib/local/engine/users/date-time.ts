const ISO_8601 = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})?)?$/;
const EPOCH = /^-?\d{1,15}$/;

/**
 * Whether a text is the value of a DateTime attribute: a date or a time of ISO 8601, or a whole number of seconds or
 * milliseconds since 1970. Not verified against AWS, which publishes no format.
 */
export function isDateTime(text: string): boolean {
  const date = ISO_8601.exec(text)?.[1];
  return date === undefined ? EPOCH.test(text) : isCalendarDate(date) && !Number.isNaN(Date.parse(text));
}

/** `Date` takes February 30 for March 1 or 2. */
function isCalendarDate(date: string): boolean {
  const time = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(date);
}
