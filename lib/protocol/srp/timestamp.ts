const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const TIMESTAMP = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) (\d{2}):(\d{2}):(\d{2}) UTC (\d{4})$/;

/**
 * TIMESTAMP of a password claim: English names, UTC, the day without a leading zero, the time with leading zeros:
 * `Tue Nov 3 04:05:06 UTC 2026`. Formatted by hand because formatters depend on the machine's locale.
 */
export function formatSrpTimestamp(date: Date): string {
  const day = DAYS[date.getUTCDay()];
  const month = MONTHS[date.getUTCMonth()];
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
  return `${String(day)} ${String(month)} ${String(date.getUTCDate())} ${time} UTC ${String(date.getUTCFullYear())}`;
}

/**
 * Reads what `formatSrpTimestamp` writes.
 *
 * @returns undefined for anything else, including a day with a leading zero.
 */
export function parseSrpTimestamp(text: string): Date | undefined {
  const [, month, day, hours, minutes, seconds, year] = TIMESTAMP.exec(text) ?? [];
  const monthIndex = MONTHS.findIndex((name) => name === month);
  if (monthIndex < 0) {
    return undefined;
  }
  const date = new Date(
    Date.UTC(Number(year), monthIndex, Number(day), Number(hours), Number(minutes), Number(seconds)),
  );
  return formatSrpTimestamp(date) === text ? date : undefined;
}
