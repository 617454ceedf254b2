import { within } from '../../lib/time/within.js';

const never = new Promise<never>(() => undefined);
const late = () => new Error('late');

describe('within', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('gives the outcome of work that is done in time, and leaves no timer behind', async () => {
    await expect(within(1_000, Promise.resolve('done'), late)).resolves.toBe('done');
    await expect(within(1_000, Promise.reject(new Error('failed')), late)).rejects.toThrow('failed');
    expect(jest.getTimerCount()).toBe(0);
  });

  it('rejects when the time is up, and not before', async () => {
    const outcome = within(1_000, never, late).catch((error: unknown) => error);
    await jest.advanceTimersByTimeAsync(999);
    expect(jest.getTimerCount()).toBe(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(await outcome).toEqual(new Error('late'));
    expect(jest.getTimerCount()).toBe(0);
  });

  it('minds no failure of work that nobody waits for any longer', async () => {
    let fail: (reason: Error) => void = () => undefined;
    const work = new Promise<never>((_resolve, reject) => (fail = reject));
    const outcome = within(10, work, late).catch((error: unknown) => error);
    await jest.advanceTimersByTimeAsync(10);
    fail(new Error('too late'));
    expect(await outcome).toEqual(new Error('late'));
  });
});
