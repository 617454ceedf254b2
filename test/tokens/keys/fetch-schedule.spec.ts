import { FetchSchedule, type FetchScheduleOptions } from '../../../lib/tokens/keys/fetch-schedule.js';
import { TestClock } from '../support/test-issuer.js';

const TIMES = { maxAge: 600, maxStale: 10_000, cooldown: 100, retryDelay: 10 };

function setUp(options: Partial<FetchScheduleOptions<string>> = {}) {
  const clock = new TestClock();
  const fetch = jest.fn<Promise<string | undefined>, []>(async () => Promise.resolve('fetched'));
  const onFetched = jest.fn();
  const onFailed = jest.fn();
  const schedule = new FetchSchedule<string>({ ...TIMES, fetch, clock: clock.read, onFetched, onFailed, ...options });
  return { schedule, fetch, clock, onFetched, onFailed };
}

const fault = new Error('down');

describe('FetchSchedule', () => {
  it('fetches nothing before a refresh', async () => {
    const { schedule, fetch, onFetched } = setUp();
    expect(schedule.current()).toBeUndefined();
    expect([schedule.wasAttempted, schedule.age, schedule.outage]).toEqual([false, undefined, undefined]);
    expect(fetch).not.toHaveBeenCalled();
    await schedule.refresh();
    expect([schedule.current(), schedule.value, schedule.age, schedule.wasAttempted]).toEqual([
      'fetched',
      'fetched',
      0,
      true,
    ]);
    expect(onFetched.mock.calls).toEqual([['fetched']]);
  });

  it('runs one fetch at a time', async () => {
    const { schedule, fetch } = setUp();
    await Promise.all([schedule.refresh(), schedule.refresh(), schedule.refresh()]);
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it('fetches at most once per cooldown', async () => {
    const { schedule, fetch, clock } = setUp();
    await schedule.refresh();
    clock.advance(99);
    await schedule.refresh();
    expect(fetch).toHaveBeenCalledTimes(1);
    clock.advance(1);
    await schedule.refresh();
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it('retries sooner while it has no value', async () => {
    const { schedule, fetch, clock, onFailed } = setUp();
    fetch.mockRejectedValue(fault);
    await schedule.refresh();
    clock.advance(9);
    await schedule.refresh();
    expect(fetch).toHaveBeenCalledTimes(1);
    clock.advance(1);
    await schedule.refresh();
    expect(fetch).toHaveBeenCalledTimes(2);
    expect(onFailed.mock.calls).toEqual([[fault], [fault]]);
    expect([schedule.outage, schedule.failure]).toEqual([10, fault]);
  });

  it('waits for the cooldown where the source has no value, which is no outage', async () => {
    const { schedule, fetch, clock, onFetched, onFailed } = setUp();
    fetch.mockResolvedValue(undefined);
    await schedule.refresh();
    expect([schedule.isAbsent, schedule.outage, schedule.value]).toEqual([true, undefined, undefined]);
    clock.advance(99);
    await schedule.refresh();
    expect(fetch).toHaveBeenCalledTimes(1);
    clock.advance(1);
    fetch.mockRejectedValue(fault);
    await schedule.refresh();
    expect([schedule.isAbsent, schedule.outage]).toEqual([false, 0]);
    expect([onFetched.mock.calls, onFailed.mock.calls]).toEqual([[], [[fault]]]);
  });

  it('uses a value from its maximum age on while it is fetched again in the background', async () => {
    const { schedule, fetch, clock } = setUp();
    await schedule.refresh();
    clock.advance(599);
    expect(schedule.current()).toBe('fetched');
    expect(fetch).toHaveBeenCalledTimes(1);
    clock.advance(1);
    fetch.mockResolvedValue('newer');
    expect(schedule.current()).toBe('fetched');
    await schedule.refresh();
    expect(schedule.current()).toBe('newer');
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it('has callers wait from twice the maximum age on, unless a fetch has just failed', async () => {
    const { schedule, fetch, clock } = setUp();
    await schedule.refresh();
    clock.advance(1_200);
    fetch.mockRejectedValue(fault);
    expect(schedule.current()).toBeUndefined();
    await schedule.refresh();
    expect([schedule.current(), schedule.value]).toEqual(['fetched', 'fetched']);
    clock.advance(1_200);
    expect(schedule.current()).toBeUndefined();
    expect(schedule.value).toBe('fetched');
  });

  it('drops a value that was stale for too long', async () => {
    const { schedule, fetch, clock } = setUp();
    await schedule.refresh();
    fetch.mockRejectedValue(fault);
    clock.advance(10_599);
    expect(schedule.value).toBe('fetched');
    clock.advance(1);
    expect([schedule.current(), schedule.value, schedule.age]).toEqual([undefined, undefined, undefined]);
  });

  it('begins with the initial value and fetches it again', async () => {
    const { schedule, fetch } = setUp({ initial: 'given' });
    expect(schedule.current()).toBe('given');
    await schedule.refresh();
    expect(schedule.current()).toBe('fetched');
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it('ends an outage with the first fetch that succeeds', async () => {
    const { schedule, fetch, clock } = setUp();
    fetch.mockRejectedValueOnce(fault);
    await schedule.refresh();
    clock.advance(50);
    expect(schedule.outage).toBe(50);
    await schedule.refresh();
    expect([schedule.outage, schedule.failure, schedule.value]).toEqual([undefined, undefined, 'fetched']);
  });

  it('still fetches when the clock is set back, and never reports a negative age', async () => {
    const { schedule, fetch, clock } = setUp();
    await schedule.refresh();
    clock.advance(-3_600_000);
    expect(schedule.age).toBe(0);
    expect(schedule.current()).toBe('fetched');
    await schedule.refresh();
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it('fetches a value again in the background when the clock was set back, and uses it no longer than any other', async () => {
    const { schedule, fetch, clock } = setUp();
    await schedule.refresh();
    fetch.mockRejectedValue(fault);
    clock.advance(-1_000_000);
    expect(schedule.current()).toBe('fetched');
    expect(fetch).toHaveBeenCalledTimes(2);
    clock.advance(10_599);
    expect(schedule.value).toBe('fetched');
    clock.advance(1);
    expect(schedule.value).toBeUndefined();
  });

  it('has callers wait again after an outage from a time that the clock was set back from', async () => {
    const { schedule, fetch, clock } = setUp();
    await schedule.refresh();
    clock.advance(3_000);
    fetch.mockRejectedValue(fault);
    await schedule.refresh();
    expect(schedule.current()).toBe('fetched');
    clock.advance(-1_700);
    expect(schedule.current()).toBeUndefined();
    expect(schedule.outage).toBe(0);
  });
});
