import { formatSrpTimestamp, parseSrpTimestamp } from '../../../lib/protocol/srp/timestamp.js';

describe('TIMESTAMP', () => {
  it.each([
    ['2026-11-01T00:00:00Z', 'Sun Nov 1 00:00:00 UTC 2026'],
    ['2026-11-02T01:02:03Z', 'Mon Nov 2 01:02:03 UTC 2026'],
    ['2026-09-01T07:05:09Z', 'Tue Sep 1 07:05:09 UTC 2026'],
    ['2026-07-08T09:59:59Z', 'Wed Jul 8 09:59:59 UTC 2026'],
    ['2026-01-01T10:00:00Z', 'Thu Jan 1 10:00:00 UTC 2026'],
    ['2026-02-13T23:10:00Z', 'Fri Feb 13 23:10:00 UTC 2026'],
    ['2026-10-31T12:34:56Z', 'Sat Oct 31 12:34:56 UTC 2026'],
    ['2028-02-29T20:00:01Z', 'Tue Feb 29 20:00:01 UTC 2028'],
  ])('of %s is %s, and is read back', (iso, text) => {
    expect(formatSrpTimestamp(new Date(iso))).toBe(text);
    expect(parseSrpTimestamp(text)).toEqual(new Date(iso));
  });

  it('has the day of the month without a zero and the hour with one, for every day and hour', () => {
    for (let day = 1; day <= 31; day++) {
      for (let hour = 0; hour < 24; hour++) {
        const text = formatSrpTimestamp(new Date(Date.UTC(2026, 2, day, hour, 4, 5)));
        expect(text.split(' ').slice(2, 4)).toEqual([String(day), `${hour < 10 ? '0' : ''}${String(hour)}:04:05`]);
      }
    }
  });

  it('has English names for every month', () => {
    const months = Array.from({ length: 12 }, (_, month) => formatSrpTimestamp(new Date(Date.UTC(2026, month, 1))));
    expect(months.map((text) => text.split(' ')[1]).join(' ')).toBe('Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec');
  });

  it.each([
    '',
    'Tue Nov 03 04:05:06 UTC 2026',
    'Mon Nov 3 04:05:06 UTC 2026',
    'Tue Nov 3 4:05:06 UTC 2026',
    'Tue Nov 3 04:05:06 GMT 2026',
    'Mon Feb 30 04:05:06 UTC 2026',
    'Tue Okt 3 04:05:06 UTC 2026',
  ])('%p is not read', (text) => {
    expect(parseSrpTimestamp(text)).toBeUndefined();
  });
});
